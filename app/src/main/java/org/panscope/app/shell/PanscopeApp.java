package org.panscope.app.shell;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.open.FxFileChoice;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Worker;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The window as a program. Arguments are files: the first is opened, the others are offered.
public final class PanscopeApp extends Application {
    private static final String TITLE = "Panscope";

    /// One thread may open a file or build a timeline while the other computes states.
    private static final int WORKERS = 2;

    private final ExecutorService background =
            Executors.newFixedThreadPool(
                    WORKERS,
                    work -> {
                        Thread thread = new Thread(work, "panscope-worker");
                        thread.setDaemon(true);
                        return thread;
                    });

    private @Nullable MainWindow window;

    @Override
    public void start(Stage stage) {
        WindowMemory memory = new FileWindowMemory(FileWindowMemory.defaultFile());
        MainWindow main =
                MainWindow.create(
                        new WindowServices(
                                new FileTraceOpener(),
                                new FxFileChoice(stage),
                                memory,
                                new Worker(background, Platform::runLater),
                                Platform::exit));
        window = main;
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setScene(
                new Scene(
                        main.root(),
                        Math.min(memory.number("width", 1600), screen.getWidth()),
                        Math.min(memory.number("height", 1000), screen.getHeight())));
        stage.setTitle(TITLE);
        main.session().openedProperty().subscribe(opened -> stage.setTitle(titleFor(opened)));
        stage.setOnHidden(event -> {
            memory.put("width", String.valueOf(stage.getScene().getWidth()));
            memory.put("height", String.valueOf(stage.getScene().getHeight()));
        });
        stage.show();
        main.open(getParameters().getRaw().stream().map(Path::of).toList());
    }

    @Override
    public void stop() {
        MainWindow main = window;
        if (main != null) {
            main.session().close();
        }
        background.shutdownNow();
    }

    private static String titleFor(@Nullable TraceDocument opened) {
        return opened == null ? TITLE : opened.name() + " – " + TITLE;
    }
}
