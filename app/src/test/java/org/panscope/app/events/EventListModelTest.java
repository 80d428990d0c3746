package org.panscope.app.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.events.EventListModel.FilterStatus;
import org.panscope.app.fixture.DoorbellTrace;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

final class EventListModelTest {
    @TempDir Path folder = Path.of("");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final EventListModel model = new EventListModel(session, Worker.sameThread());

    @BeforeEach
    void open() throws IOException {
        session.show(DoorbellTrace.open(folder));
    }

    private EventRows rows() {
        return Objects.requireNonNull(model.rowsProperty().get());
    }

    @Test
    void withoutAFilterEveryEventIsARow() {
        assertEquals(DoorbellTrace.EVENTS, rows().size());
        assertEquals(FilterStatus.EMPTY, model.statusProperty().get());
        assertEquals("11 events", model.messageProperty().get());
    }

    @Test
    void aFilterLeavesItsHitsWithTimeSinceTheRowAbove() {
        model.filterTextProperty().set("layer == user");
        assertEquals(FilterStatus.VALID, model.statusProperty().get());
        assertEquals("3 hits", model.messageProperty().get());
        assertEquals(250L, rows().get(1).sincePreviousNs());
        assertEquals("group 1 queue 0", rows().get(1).track());
        assertEquals("client-1000 / group 1 queue 0", rows().get(1).path());
    }

    @Test
    void aFilterWithAMistakeLeavesTheRowsAlone() {
        model.filterTextProperty().set("layer == user");
        EventRows before = rows();
        model.filterTextProperty().set("layer == usr");
        assertEquals(FilterStatus.INVALID, model.statusProperty().get());
        assertTrue(model.messageProperty().get().startsWith("column 10: "));
        assertSame(before, rows());
    }

    @Test
    void hitsAreVisitedAroundTheEnds() {
        model.filterTextProperty().set("layer == user");
        model.goToHit(1);
        assertEquals(DoorbellTrace.RING_WRITE, session.currentEvent());
        model.goToHit(-1);
        assertEquals(DoorbellTrace.DOORBELL, session.currentEvent());
        model.goToHit(1);
        assertEquals(DoorbellTrace.RING_WRITE, session.currentEvent());
        session.goToEvent(DoorbellTrace.EXTRACT);
        model.goToHit(-1);
        assertEquals(DoorbellTrace.DOORBELL, session.currentEvent());
    }

    @Test
    void rowsAreFoundByEventWithoutLookingAtAll() {
        model.filterTextProperty().set("seq in (3, 7, 10)");
        assertEquals(1, rows().rowOf(7));
        assertEquals(-1, rows().rowOf(8));
        assertEquals(1, rows().rowAtOrBefore(9));
        assertEquals(-1, rows().rowAtOrBefore(2));
        assertEquals(2, rows().indexOf(rows().get(2)));
    }

    @Test
    void closingTheTraceEmptiesTheList() {
        model.filterTextProperty().set("layer == user");
        session.close();
        assertEquals(null, model.rowsProperty().get());
        assertEquals("layer == user", model.filterTextProperty().get());
    }
}
