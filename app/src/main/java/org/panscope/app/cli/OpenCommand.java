package org.panscope.app.cli;

import javafx.application.Application;

import org.panscope.app.shell.Display;
import org.panscope.app.shell.PanscopeApp;
import org.panscope.core.input.TraceInputs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `panscope open`: the window.
@Command(name = "open", description = "Opens the window.")
final class OpenCommand implements Callable<Integer> {
    /// Kept, since a logger nobody holds forgets its level. JavaFX warns that it is on the class
    /// path, which is meant so (`docs/decisions/0007-class-path.md`).
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Traces, scenarios or captures: the first is shown, the others are offered"
                            + " under Open Recent.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        for (String file : files) {
            TraceInputs.refuse(TraceInputs.formatOf(Path.of(file)), file);
        }
        if (!Display.isAvailable()) {
            throw new IOException(Display.whyNot());
        }
        launch(files.toArray(new String[0]));
        return 0;
    }

    /// Shows the window and comes back when it is closed.
    static void launch(String... files) {
        JAVAFX.setLevel(Level.SEVERE);
        Application.launch(PanscopeApp.class, files);
    }
}
