package org.panscope.app.open;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/// The desktop's own file dialog.
public final class FxFileChoice implements FileChoice {
    private final Window owner;
    private @Nullable File lastFolder;

    public FxFileChoice(Window owner) {
        this.owner = owner;
    }

    @Override
    public @Nullable Path chooseTrace() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a trace, a capture or a scenario");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("All files", "*"),
                        new FileChooser.ExtensionFilter(
                                "Traces and scenarios",
                                List.of(
                                        "*.pscope",
                                        "*.jsonl",
                                        "*.json",
                                        "*.dat",
                                        "*.txt",
                                        "*.pftrace",
                                        "*.perfetto-trace")));
        if (lastFolder != null && lastFolder.isDirectory()) {
            chooser.setInitialDirectory(lastFolder);
        }
        File chosen = chooser.showOpenDialog(owner);
        if (chosen == null) {
            return null;
        }
        lastFolder = chosen.getParentFile();
        return chosen.toPath();
    }

    @Override
    public @Nullable Path chooseTarget(String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save");
        chooser.setInitialFileName(name);
        File chosen = chooser.showSaveDialog(owner);
        return chosen == null ? null : chosen.toPath();
    }
}
