package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.query.QueryCache;
import org.panscope.app.query.QueryResult;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;

/// Asking the open trace in SQL, from the key that shows the tab to the jump from a row.
@ExtendWith(ApplicationExtension.class)
class QueryFlowTest {
    @TempDir static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private WindowFlow flow;

    @Start
    void start(Stage stage) {
        System.setProperty(QueryCache.FOLDER_PROPERTY, folder.toString());
        flow = new WindowFlow(stage);
    }

    @AfterEach
    void close() {
        flow.close();
        System.clearProperty(QueryCache.FOLDER_PROPERTY);
    }

    private TableView<QueryResult.Row> result() {
        return flow.robot().lookup("#queryResult").queryTableView();
    }

    private void ask(String sql) {
        flow.robot().interact(() -> flow.window().query().sqlProperty().set(sql));
        flow.press(KeyCode.ENTER, KeyCode.CONTROL);
        flow.waitUntil(() -> !flow.window().query().isRunningProperty().get());
    }

    @Test
    void aQuestionIsAskedAndARowJumpedTo() {
        flow.open(WindowFlow.SAMPLES.resolve("hello-ring.json"));
        flow.press(KeyCode.DIGIT5, KeyCode.CONTROL);
        assertTrue(flow.shows("#querySql"));
        flow.press(KeyCode.A, KeyCode.CONTROL);
        flow.robot().write("select batch, cursor from batches order by batch");
        flow.press(KeyCode.ENTER, KeyCode.CONTROL);
        flow.waitUntil(() -> result().getItems().size() == 2);
        assertTrue(flow.label("#queryStatus").startsWith("2 rows, "));

        flow.robot()
                .interact(() -> {
                    result().requestFocus();
                    result().getSelectionModel().select(1);
                });
        flow.press(KeyCode.ENTER);
        assertEquals(600, flow.window().session().position());

        ask("select nonsense");
        assertTrue(flow.shows("#queryError"));
        assertTrue(flow.label("#queryError").startsWith("SQL: Binder Error"));
        assertEquals(2, result().getItems().size());
        ask("select 1");
        assertFalse(flow.shows("#queryError"));
        assertEquals(1, result().getItems().size());

        flow.press(KeyCode.F, KeyCode.CONTROL);
        assertTrue(flow.shows("#filterField"));
    }
}
