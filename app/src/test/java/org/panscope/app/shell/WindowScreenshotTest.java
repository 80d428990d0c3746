package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.image.WritableImage;
import javafx.stage.Stage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.app.command.AppCommands;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.query.QueryCache;
import org.panscope.app.session.Worker;
import org.panscope.core.state.ObjectId;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The window drawn without a stage at a size no test screen has. The pictures stay in `target` to
/// be looked at.
@ExtendWith(ApplicationExtension.class)
final class WindowScreenshotTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final Path STARVED = Path.of("..", "samples", "starved-kick.json");
    private static final Path DEMO = SAMPLES.resolve("demo.json");
    private static final Path CAPTURE =
            SAMPLES.resolve("captures").resolve("panscope-sample.report.txt");
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;

    @BeforeAll
    static void makeFolder() throws IOException {
        Files.createDirectories(FOLDER);
    }

    @Start
    void start(Stage stage) {
        stage.show();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void theDemoAtItsUserDoorbell(String theme, FxRobot robot) throws IOException {
        draw(
                robot,
                theme,
                "window-demo-" + theme,
                window -> {
                    window.open(DEMO);
                    window.session().objectProperty().set(ObjectId.queue(1, 0));
                    window.events().filterTextProperty().set("type == DB_RING && by == user_page");
                    window.events().goToHit(-1);
                    window.events().filterTextProperty().set("");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void registersOfAGroupWithAnOpenRequest(String theme, FxRobot robot) throws IOException {
        draw(
                robot,
                theme,
                "window-registers-" + theme,
                window -> {
                    window.open(DEMO);
                    window.events()
                            .filterTextProperty()
                            .set("type == FW_REQ && block == CSG0 && word == req");
                    window.events().goToHit(1);
                    window.events().goToHit(1);
                    window.commands().run(AppCommands.SHOW_REGISTERS);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void aStreamInsideACalledBuffer(String theme, FxRobot robot) throws IOException {
        draw(
                robot,
                theme,
                "window-called-" + theme,
                window -> {
                    window.open(DEMO);
                    window.events()
                            .filterTextProperty()
                            .set("type == CS_INSTR && depth == 1 && pc == 0x100050");
                    window.events().goToHit(1);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void aRealCaptureFiltered(String theme, FxRobot robot) throws IOException {
        draw(
                robot,
                theme,
                "window-capture-" + theme,
                window -> {
                    window.open(CAPTURE);
                    window.events().filterTextProperty().set("type ~ drm_ || comm ~ psm1");
                    window.session().goToEvent(1_000);
                    window.events().goToHit(1);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void theQualityOfACaptureThatLostEvents(String theme, FxRobot robot) throws IOException {
        Path capture = LossyCapture.in(FOLDER);
        draw(
                robot,
                theme,
                "window-quality-" + theme,
                window -> {
                    window.open(capture);
                    window.commands().run(AppCommands.SHOW_QUALITY);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void whyAQueueDoesNotRun(String theme, FxRobot robot) throws IOException {
        draw(
                robot,
                theme,
                "window-explain-" + theme,
                window -> {
                    window.open(STARVED);
                    window.session().goTo(1262);
                    window.session().objectProperty().set(ObjectId.queue(2, 0));
                    window.commands().run(AppCommands.EXPLAIN);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void whatTheAnalyzerFound(String theme, FxRobot robot) throws IOException {
        draw(
                robot,
                theme,
                "window-findings-" + theme,
                window -> {
                    window.open(STARVED.resolveSibling("create-kick-race.json"));
                    window.commands().run(AppCommands.SHOW_FINDINGS);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void anAnswerInSql(String theme, FxRobot robot) throws IOException {
        System.setProperty(QueryCache.FOLDER_PROPERTY, FOLDER.resolve("sql").toString());
        draw(
                robot,
                theme,
                "window-query-" + theme,
                window -> {
                    window.open(DEMO);
                    window.query()
                            .sqlProperty()
                            .set(
                                    "SELECT gid, queue, batch, written_by, insert_t, end_t -"
                                            + " insert_t AS took_ns, kick_branch, state, cursor\n"
                                            + "FROM batches\n"
                                            + "ORDER BY took_ns DESC");
                    window.commands().run(AppCommands.RUN_QUERY);
                });
        System.clearProperty(QueryCache.FOLDER_PROPERTY);
    }

    @Test
    void startPageAndHelp(FxRobot robot) throws IOException {
        draw(robot, "dark", "start", window -> {});
        draw(robot, "light", "help", window -> window.commands().run(AppCommands.HELP));
    }

    /// Draws the window after `use`; twice before that, so that lists have their cells.
    private static void draw(FxRobot robot, String theme, String name, Consumer<MainWindow> use)
            throws IOException {
        AtomicReference<WritableImage> picture = new AtomicReference<>();
        AtomicReference<MainWindow> shown = new AtomicReference<>();
        robot.interact(() -> {
            WindowMemory memory = WindowMemory.forgetful();
            memory.put("theme", theme);
            MainWindow window = window(memory);
            shown.set(window);
            WindowScreenshot.snapshot(window.root(), WIDTH, HEIGHT);
            use.accept(window);
            WindowScreenshot.snapshot(window.root(), WIDTH, HEIGHT);
        });
        robot.interact(() -> {
            picture.set(WindowScreenshot.snapshot(shown.get().root(), WIDTH, HEIGHT));
            shown.get().session().close();
        });
        assertEquals(WIDTH, picture.get().getWidth());
        assertEquals(HEIGHT, picture.get().getHeight());
        Path file = FOLDER.resolve(name + ".png");
        WindowScreenshot.write(picture.get(), file);
        assertTrue(Files.size(file) > 10_000);
    }

    private static MainWindow window(WindowMemory memory) {
        return MainWindow.create(
                new WindowServices(
                        new FileTraceOpener(), () -> null, memory, Worker.sameThread(), () -> {}));
    }
}
