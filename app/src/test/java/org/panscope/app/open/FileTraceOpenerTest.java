package org.panscope.app.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.events.EventListModel;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.app.session.Worker;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Real files of every kind, opened as the window opens them.
final class FileTraceOpenerTest {
    private static final Path SAMPLES = Path.of("..", "samples");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final EventListModel events = new EventListModel(session, Worker.sameThread());

    private void open(Path file) throws IOException {
        session.show(new FileTraceOpener().open(file, OpenProgress.NONE));
    }

    private long believed(ObjectId queue, Belief belief, String quantity) {
        SteppedState stepped = Objects.requireNonNull(session.stateProperty().get());
        ObjectState state = Objects.requireNonNull(stepped.state().object(queue));
        Cell cell = state.get(belief, quantity);
        return cell == null ? 0 : (Long) cell.value();
    }

    @Test
    void inAnEmulatedRunTheApplicationIsAheadAtTheDoorbellAndTheFirmwareCatchesUp()
            throws IOException {
        open(SAMPLES.resolve("hello-ring.json"));
        events.filterTextProperty().set("type == DB_RING && by == user_page");
        assertEquals(EventListModel.FilterStatus.VALID, events.statusProperty().get());
        events.goToHit(1);
        ObjectId queue = Objects.requireNonNull(session.objectProperty().get());
        assertEquals("queue", queue.kind());
        long insert = believed(queue, Belief.APPLICATION, "insert");
        assertTrue(insert > believed(queue, Belief.FIRMWARE, "extract"));
        session.goToLast();
        assertEquals(insert, believed(queue, Belief.FIRMWARE, "extract"));
        session.back();
        assertTrue(insert > believed(queue, Belief.FIRMWARE, "extract"));
        session.close();
    }

    @Test
    void aCaptureIsOpenedAndSearched() throws IOException {
        open(SAMPLES.resolve("captures").resolve("panscope-sample.report-t.txt"));
        assertEquals(2368, session.eventCount());
        events.filterTextProperty().set("psm1");
        assertTrue(Objects.requireNonNull(events.rowsProperty().get()).size() > 100);
        session.close();
    }

    @Test
    void aFileThatIsNoTraceIsRefusedByName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "Dear all,\n");
        IOException refused =
                assertThrows(
                        IOException.class,
                        () -> new FileTraceOpener().open(file, OpenProgress.NONE));
        assertTrue(String.valueOf(refused.getMessage()).contains("letter.txt"));
    }
}
