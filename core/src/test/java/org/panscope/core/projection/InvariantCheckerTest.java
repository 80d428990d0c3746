package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.MarkEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

/// A machine of one buffer object and one slot, whose every change is told or kept silent.
class InvariantCheckerTest {
    private final BufferObject buffer = new BufferObject(7, "data", new PhysicalMemory(), 8192);
    private final InvariantChecker checker = new InvariantChecker(this::project);
    private long group = 3;
    private long seq;

    @Test
    void aMachineThatTellsEverythingPasses() {
        start();
        buffer.write64(16, 0x1122);
        tell(write(16, 0x22, 0x11, 0, 0, 0, 0, 0, 0));
        group = 4;
        tell(new SchedEvent.Bind(4, 0, 1, 1, 0));
        checker.finish();
        assertEquals(4, checker.state().position());
    }

    @Test
    void aSilentStoreIsFoundAtTheLatestAtTheEnd() {
        start();
        buffer.write32(4096, 1);
        tell(new MarkEvent.Mark("the store was not told"));
        InvariantViolation found = assertThrows(InvariantViolation.class, checker::finish);
        assertEquals("byte 0x1000", found.difference().quantity());
        assertEquals(1L, found.difference().live());
        assertEquals(0L, found.difference().reduced());
    }

    @Test
    void aStoreOfOtherBytesIsFoundAtItsEvent() {
        start();
        buffer.write32(8, 5);
        InvariantViolation found =
                assertThrows(InvariantViolation.class, () -> tell(write(8, 6, 0, 0, 0)));
        assertEquals(ObjectId.of("bo", 7), found.difference().object());
        assertEquals(2, found.difference().seq());
    }

    @Test
    void aSilentChangeOfAQuantityNamesObjectBeliefAndBothValues() {
        start();
        group = 9;
        InvariantViolation found =
                assertThrows(
                        InvariantViolation.class, () -> tell(new MarkEvent.Mark("no bind told")));
        assertEquals(
                "after event #2 Mark[text=no bind told]: object=slot:0 belief=kernel"
                        + " quantity=group live=9 reduced=3",
                found.getMessage());
    }

    @Test
    void anObjectTheMachineDoesNotHaveIsFound() {
        start();
        assertThrows(
                InvariantViolation.class,
                () -> tell(new MemoryEvent.BoCreate(8, null, null, 4096, "made up")));
    }

    private void start() {
        tell(new MemoryEvent.BoCreate(7, null, null, 8192, "data"));
        tell(new SchedEvent.Bind(3, 0, 1, 1, 0));
    }

    private void project(Projection into) {
        into.complete("bo");
        into.object(ObjectId.of("bo", 7)).is(Belief.KERNEL, "size", buffer.sizeBytes());
        into.buffer(buffer);
        if (seq > 0) {
            into.object(ObjectId.of("slot", 0)).is(Belief.KERNEL, "group", group);
        }
    }

    private static MemoryEvent.MemWrite write(long offset, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return new MemoryEvent.MemWrite(7, offset, data, MemoryEvent.MemoryWriter.USER);
    }

    private void tell(TraceEvent event) {
        checker.onEvent(seq, EventHeader.at(seq, 0), event);
        seq++;
    }
}
