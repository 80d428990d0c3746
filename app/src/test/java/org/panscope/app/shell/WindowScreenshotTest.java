package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.image.WritableImage;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.command.AppCommands;
import org.panscope.app.fixture.CaptureTrace;
import org.panscope.app.fixture.DoorbellTrace;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.session.Worker;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/// The window drawn without a stage at a size no test screen has. The pictures stay in `target` to
/// be looked at.
@ExtendWith(ApplicationExtension.class)
final class WindowScreenshotTest {
    private static final Path CAPTURE = Path.of("capture.txt");
    private static final Path SCENARIO = Path.of("..", "samples", "hello-ring.json");
    private static final Path FOLDER = Path.of("target", "screenshots");

    @TempDir static Path folder = Path.of("");

    @Start
    void start(Stage stage) {
        stage.show();
    }

    @Test
    void bothThemesAreDrawnAtFullSize(FxRobot robot) throws IOException {
        Files.createDirectories(FOLDER);
        for (String theme : new String[] {"dark", "light"}) {
            AtomicReference<WritableImage> picture = new AtomicReference<>();
            AtomicReference<MainWindow> window = new AtomicReference<>();
            robot.interact(() -> {
                WindowMemory memory = WindowMemory.forgetful();
                memory.put("theme", theme);
                window.set(window(memory));
                WindowScreenshot.snapshot(window.get().root(), 1600, 1000);
                window.get().open(Path.of("doorbell.pscope"));
                window.get().session().goToEvent(DoorbellTrace.DOORBELL);
                WindowScreenshot.snapshot(window.get().root(), 1600, 1000);
            });
            robot.interact(
                    () -> picture.set(WindowScreenshot.snapshot(window.get().root(), 1600, 1000)));
            WritableImage image = picture.get();
            assertEquals(1600, image.getWidth());
            assertEquals(1000, image.getHeight());
            Path file = FOLDER.resolve("window-" + theme + ".png");
            WindowScreenshot.write(image, file);
            assertTrue(Files.size(file) > 10_000);
        }
    }

    @Test
    void aRealCaptureIsDrawn(FxRobot robot) throws IOException {
        Files.createDirectories(FOLDER);
        AtomicReference<WritableImage> picture = new AtomicReference<>();
        AtomicReference<MainWindow> window = new AtomicReference<>();
        robot.interact(() -> {
            window.set(window(WindowMemory.forgetful()));
            WindowScreenshot.snapshot(window.get().root(), 1600, 1000);
            window.get().open(CAPTURE);
            window.get().events().filterTextProperty().set("type ~ drm_ || psm1");
            window.get().session().goToEvent(1_000);
            WindowScreenshot.snapshot(window.get().root(), 1600, 1000);
        });
        robot.interact(
                () -> picture.set(WindowScreenshot.snapshot(window.get().root(), 1600, 1000)));
        Path file = FOLDER.resolve("window-capture.png");
        WindowScreenshot.write(picture.get(), file);
        assertTrue(Files.size(file) > 10_000);
    }

    @Test
    void anEmulatedRunIsDrawn(FxRobot robot) throws IOException {
        Files.createDirectories(FOLDER);
        AtomicReference<WritableImage> picture = new AtomicReference<>();
        AtomicReference<MainWindow> window = new AtomicReference<>();
        robot.interact(() -> {
            window.set(window(WindowMemory.forgetful()));
            WindowScreenshot.snapshot(window.get().root(), 1600, 1000);
            window.get().open(SCENARIO);
            window.get().events().filterTextProperty().set("layer in (user, firmware)");
            window.get().events().goToHit(-1);
            window.get().session().step(-40);
            WindowScreenshot.snapshot(window.get().root(), 1600, 1000);
        });
        robot.interact(
                () -> picture.set(WindowScreenshot.snapshot(window.get().root(), 1600, 1000)));
        Path file = FOLDER.resolve("window-emulated.png");
        WindowScreenshot.write(picture.get(), file);
        assertTrue(Files.size(file) > 10_000);
    }

    @Test
    void startPageAndHelpAreDrawn(FxRobot robot) throws IOException {
        Files.createDirectories(FOLDER);
        AtomicReference<WritableImage> start = new AtomicReference<>();
        AtomicReference<WritableImage> help = new AtomicReference<>();
        robot.interact(() -> {
            MainWindow window = window(WindowMemory.forgetful());
            start.set(WindowScreenshot.snapshot(window.root(), 1600, 1000));
            window.commands().run(AppCommands.HELP);
            help.set(WindowScreenshot.snapshot(window.root(), 1600, 1000));
        });
        WindowScreenshot.write(start.get(), FOLDER.resolve("start.png"));
        WindowScreenshot.write(help.get(), FOLDER.resolve("help.png"));
        assertTrue(Files.exists(FOLDER.resolve("help.png")));
    }

    private MainWindow window(WindowMemory memory) {
        return MainWindow.create(
                new WindowServices(
                        (path, progress) ->
                                path.equals(SCENARIO)
                                        ? new FileTraceOpener().open(path, progress)
                                        : path.equals(CAPTURE)
                                                ? CaptureTrace.open(folder)
                                                : DoorbellTrace.open(folder),
                        () -> null,
                        memory,
                        Worker.sameThread(),
                        () -> {}));
    }
}
