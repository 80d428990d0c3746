package org.panscope.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panscope.app.open.TraceDocument;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.TraceStateHistory;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.Fault;
import org.panscope.trace.event.FirmwareEvent.FaultKind;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Two groups that execute side by side; the first one leaves its slot and comes back on another.
///
/// | seq | event |
/// |---|---|
/// | 0, 1 | group 1 on slot 0, group 2 on slot 1 |
/// | 2 | slot 0 cs 0: CALL at depth 0 |
/// | 3 | slot 1 cs 0: at depth 0 |
/// | 4, 5 | slot 0 cs 0: at depth 1 |
/// | 6 | slot 0 cs 1: at depth 0 |
/// | 7 | slot 0 cs 0: back at depth 0 |
/// | 8 | fault of slot 1 cs 0 |
/// | 9, 10 | both groups leave |
/// | 11 | group 1 on slot 1 |
/// | 12 | slot 1 cs 0, now of group 1: at depth 0 |
/// | 13 | mark |
final class InstructionStepperTest {
    private static final ObjectId QUEUE_1_0 = ObjectId.queue(1, 0);
    private static final ObjectId QUEUE_2_0 = ObjectId.queue(2, 0);
    private static final long END = 14;

    private final MemoryTrace trace = new MemoryTrace("by hand");
    private final int track = trace.track(-1, "firmware", "firmware");
    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final InstructionStepper stepper = new InstructionStepper(session, Worker.sameThread());

    @BeforeEach
    void open() {
        write(new Bind(1, 0, 1, 1, 0));
        write(new Bind(2, 1, 2, 2, 0));
        write(new CsInstr(0, 0, 0x1000, 0, 0));
        write(new CsInstr(1, 0, 0x9000, 0, 0));
        write(new CsInstr(0, 0, 0x2000, 0, 1));
        write(new CsInstr(0, 0, 0x2008, 0, 1));
        write(new CsInstr(0, 1, 0x5000, 0, 0));
        write(new CsInstr(0, 0, 0x1008, 0, 0));
        write(new Fault(FaultKind.CS_FAULT, 1, 0, 2, 0x4b, 0, 0));
        write(new Unbind(1, 0, GroupStateName.SUSPENDED, 0));
        write(new Unbind(2, 1, GroupStateName.SUSPENDED, 0));
        write(new Bind(1, 1, 1, 1, 0));
        write(new CsInstr(1, 0, 0x1010, 0, 0));
        write(new Mark("end"));
        session.show(document(trace));
        session.followEventProperty().set(false);
        session.objectProperty().set(null);
    }

    @Test
    void withoutAStreamEveryInstructionIsAStep() {
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 12L), walk(null, 1));
        assertEquals(List.of(12L, 7L, 6L, 5L, 4L, 3L, 2L), walk(null, -1));
    }

    @Test
    void aStreamIsWalkedAlone() {
        assertEquals(List.of(2L, 4L, 5L, 7L), walk(new ObjectId("cs", "0.0"), 1));
        assertEquals(List.of(12L, 3L), walk(new ObjectId("cs", "1.0"), -1));
        assertEquals(List.of(6L), walk(new ObjectId("iface", "CSG0.CS1"), 1));
        assertEquals(List.of(2L, 4L, 5L, 6L, 7L), walk(ObjectId.of("slot", 0), 1));
    }

    @Test
    void aQueueIsFollowedFromSlotToSlotInBothDirections() {
        assertEquals(List.of(2L, 4L, 5L, 7L, 12L), walk(QUEUE_1_0, 1));
        assertEquals(List.of(12L, 7L, 5L, 4L, 2L), walk(QUEUE_1_0, -1));
        assertEquals(List.of(3L), walk(QUEUE_2_0, 1));
        assertEquals(List.of(3L), walk(QUEUE_2_0, -1));
        assertEquals(List.of(2L, 4L, 5L, 6L, 7L, 12L), walk(ObjectId.of("group", 1), 1));
    }

    @Test
    void anObjectThatIsNoStreamStandsForAll() {
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 12L), walk(ObjectId.parse("vm:1"), 1));
    }

    @Test
    void aCallIsSteppedOver() {
        session.objectProperty().set(QUEUE_1_0);
        session.goToEvent(2);
        stepper.stepOver();
        assertEquals(7, session.currentEvent());
        session.goToEvent(4);
        stepper.stepOver();
        assertEquals(5, session.currentEvent());
        stepper.stepOver();
        assertEquals(7, session.currentEvent());
    }

    @Test
    void steppingOverWithoutAStreamStaysOnTheOneThatExecutedLast() {
        session.objectProperty().set(ObjectId.parse("vm:1"));
        session.goToEvent(3);
        stepper.stepOver();
        assertEquals(12, session.currentEvent());
        session.goTo(0);
        stepper.stepOver();
        assertEquals(2, session.currentEvent());
    }

    @Test
    void whatIsNotThereIsSaidAndTheCursorStays() {
        session.objectProperty().set(QUEUE_2_0);
        session.goToEvent(3);
        stepper.step(1);
        assertEquals(3, session.currentEvent());
        assertEquals(
                "There is no further instruction of queue:2.0.", stepper.messageProperty().get());
        stepper.step(-1);
        assertEquals(
                "There is no earlier instruction of queue:2.0.", stepper.messageProperty().get());
        session.objectProperty().set(QUEUE_1_0);
        stepper.step(1);
        assertEquals("", stepper.messageProperty().get());
    }

    @Test
    void faultsAreFoundAndTheWayBackIsKept() {
        session.goToEvent(3);
        stepper.goToFault(1);
        assertEquals(8, session.currentEvent());
        stepper.goToFault(1);
        assertEquals("There is no further fault.", stepper.messageProperty().get());
        session.back();
        assertEquals(3, session.currentEvent());
        session.goTo(END);
        stepper.goToFault(-1);
        assertEquals(8, session.currentEvent());
    }

    @Test
    void tracesWithoutInstructionsOfferNoSteps() {
        assertTrue(stepper.canStepProperty().get());
        assertTrue(stepper.hasFaultsProperty().get());
        MemoryTrace empty = new MemoryTrace("capture");
        empty.write(EventHeader.at(0, empty.track(-1, "cpu", "cpu 0")), new Mark("nothing"));
        session.show(document(empty));
        assertFalse(stepper.canStepProperty().get());
        assertFalse(stepper.hasFaultsProperty().get());
    }

    @Test
    void aSearchOvertakenByAnotherMoveDoesNotMoveTheCursor() {
        List<Runnable> waiting = new ArrayList<>();
        InstructionStepper slow =
                new InstructionStepper(session, new Worker(waiting::add, Runnable::run));
        session.goToEvent(2);
        slow.step(1);
        session.goToEvent(8);
        waiting.forEach(Runnable::run);
        assertEquals(8, session.currentEvent());
    }

    /// Every place the steps in one direction come to, from one end of the trace to the other.
    private List<Long> walk(@Nullable ObjectId object, int direction) {
        session.objectProperty().set(object);
        session.goTo(direction > 0 ? 0 : END);
        List<Long> places = new ArrayList<>();
        long before = -2;
        while (session.currentEvent() != before) {
            before = session.currentEvent();
            session.objectProperty().set(object);
            stepper.step(direction);
            if (session.currentEvent() != before) {
                places.add(session.currentEvent());
            }
        }
        return places;
    }

    private void write(TraceEvent event) {
        trace.write(EventHeader.at(10 * trace.eventCount(), track), event);
    }

    private static TraceDocument document(MemoryTrace trace) {
        return new TraceDocument(
                Path.of("by-hand"), "test", trace, new TraceStateHistory(trace, new Reducer()));
    }
}
