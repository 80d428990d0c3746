package org.panscope.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.fixture.DoorbellTrace;
import org.panscope.app.open.TraceDocument;
import org.panscope.core.state.ObjectId;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

final class SessionModelTest {
    @TempDir Path folder = Path.of("");

    private final SessionModel session = new SessionModel(Worker.sameThread());

    @BeforeEach
    void open() throws IOException {
        session.show(DoorbellTrace.open(folder));
    }

    @Test
    void steppingStopsAtBothEnds() {
        session.step(-1);
        assertEquals(0, session.position());
        assertFalse(session.canStepBackProperty().get());
        session.step(100);
        assertEquals(DoorbellTrace.EVENTS, session.position());
        assertFalse(session.canStepForwardProperty().get());
        session.goTo(Long.MAX_VALUE);
        assertEquals(DoorbellTrace.EVENTS, session.position());
    }

    @Test
    void theStateIsThatAfterTheCurrentEvent() {
        session.goToEvent(DoorbellTrace.INSERT_WRITE);
        SteppedState stepped = Objects.requireNonNull(session.stateProperty().get());
        assertEquals(DoorbellTrace.INSERT_WRITE + 1, stepped.state().position());
        assertTrue(stepped.touched().contains(DoorbellTrace.QUEUE));
        assertEquals(DoorbellTrace.QUEUE, session.objectProperty().get());
    }

    @Test
    void anObjectChosenByHandStaysWhenNotFollowing() {
        session.goToEvent(DoorbellTrace.INSERT_WRITE);
        session.followEventProperty().set(false);
        var group = Objects.requireNonNull(session.stateProperty().get()).touched();
        session.objectProperty().set(ObjectId.parse("group:1"));
        session.goToEvent(DoorbellTrace.EXTRACT);
        assertEquals("group:1", String.valueOf(session.objectProperty().get()));
        assertFalse(group.isEmpty());
    }

    @Test
    void historyReturnsToPlacesLeftByJumpsNotBySteps() {
        session.goToFirst();
        session.step(2);
        session.goToEvent(DoorbellTrace.FETCH);
        session.step(1);
        session.back();
        assertEquals(3, session.position());
        session.forward();
        assertEquals(DoorbellTrace.EVENTS, session.position());
        session.back();
        session.goToEvent(DoorbellTrace.DOORBELL);
        assertFalse(session.canGoForwardProperty().get());
    }

    @Test
    void historyKeepsTwoHundredPlaces() {
        PositionHistory history = new PositionHistory();
        for (int i = 0; i < 1_000; i++) {
            history.leave(i);
        }
        int steps = 0;
        long at = 1_000;
        while (history.canGoBack()) {
            at = history.back(at).orElseThrow();
            steps++;
        }
        assertEquals(PositionHistory.DEPTH, steps);
        assertEquals(800, at);
    }

    @Test
    void cursorsPrintAndParseAndOthersAreExplained() {
        session.goToEvent(DoorbellTrace.DOORBELL);
        assertEquals("@1400ns#9", session.cursorText());
        session.goToText("#3");
        assertEquals(3, session.position());
        session.goToText("@1.25us");
        assertEquals(DoorbellTrace.INSERT_WRITE + 1, session.position());
        session.goToText(" @1400ns#9 ");
        assertEquals(9, session.position());
        assertThrows(IllegalArgumentException.class, () -> session.goToText("#12"));
        assertThrows(IllegalArgumentException.class, () -> session.goToText("yesterday"));
        assertEquals(9, session.position());
    }

    @Test
    void causesLeadBackOneByOne() {
        session.goToEvent(DoorbellTrace.EXTRACT);
        List<Long> chain = new ArrayList<>();
        while (session.goToCause()) {
            chain.add(session.currentEvent());
        }
        assertEquals(List.of(9L, 8L, 7L, 6L, 5L), chain);
    }

    @Test
    void tracksAreWalkedInBothDirections() {
        session.goToEvent(DoorbellTrace.RING_WRITE);
        session.stepOnTrack(1);
        session.stepOnTrack(1);
        session.stepOnTrack(1);
        assertEquals(DoorbellTrace.DOORBELL, session.currentEvent());
        session.stepOnTrack(-1);
        assertEquals(DoorbellTrace.INSERT_WRITE, session.currentEvent());
    }

    @Test
    void anOvertakenStateIsThrownAway() throws IOException {
        List<Runnable> waiting = new ArrayList<>();
        SessionModel slow = new SessionModel(new Worker(waiting::add, Runnable::run));
        TraceDocument trace = DoorbellTrace.open(folder);
        slow.show(trace);
        slow.step(1);
        slow.step(1);
        assertNull(slow.stateProperty().get());
        waiting.forEach(Runnable::run);
        assertEquals(2, Objects.requireNonNull(slow.stateProperty().get()).state().position());
        slow.step(1);
        slow.close();
        waiting.getLast().run();
        assertNull(slow.stateProperty().get());
        assertNull(slow.stateFailureProperty().get());
    }

    @Test
    void closingForgetsEverything() {
        session.goToEvent(DoorbellTrace.EXTRACT);
        session.close();
        assertEquals(0, session.position());
        assertEquals("", session.cursorText());
        assertNull(session.objectProperty().get());
        assertFalse(session.canGoBackProperty().get());
    }
}
