package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.event.UserEvent.Writer;

import java.util.Objects;

/// The four beliefs about a queue.
class QueueBeliefsTest {

    @Test
    void eachBelieverKeepsItsOwnInsertUntilItLooksAgain() {
        StateScript trace = Events.withQueue().add(Events.insert(128)).add(Events.bind(0));
        trace.add(new SchedEvent.CsProg(Events.GID, 0, 0, 128, 0, false))
                .add(Events.fetch(0, 128))
                .add(Events.insert(256));
        ObjectState queue = queue(trace.end());
        assertEquals(256L, value(queue, Belief.APPLICATION, "insert"));
        assertEquals(128L, value(queue, Belief.KERNEL, "insert"));
        assertEquals(128L, value(queue, Belief.FIRMWARE, "insert"));
        assertEquals(256L, value(queue, Belief.MEMORY, "insert"));
        assertTrue(queue.disagree("insert"));
        assertFalse(queue.disagree("extract_init"));
        trace.add(Events.fetch(0, 256))
                .add(
                        new SchedEvent.CsStatus(
                                Events.GID,
                                0,
                                0,
                                256,
                                0,
                                0L,
                                null,
                                null,
                                null,
                                null,
                                false,
                                false));
        assertFalse(queue(trace.end()).disagree("insert"));
    }

    @Test
    void ringOnAPageNobodySawLeavesTheFirmwareUnknown() {
        ObjectState lost = queue(Events.withQueue().add(ring(UserEvent.DoorbellPage.DUMMY)).end());
        assertEquals("not heard", value(lost, Belief.FIRMWARE, "last_ring"));
        ObjectState seen =
                queue(Events.withQueue().add(ring(UserEvent.DoorbellPage.UNKNOWN)).end());
        assertNull(seen.get(Belief.FIRMWARE, "last_ring"));
        assertFalse(seen.disagree("last_ring"));
    }

    private static UserEvent.DbRing ring(UserEvent.DoorbellPage page) {
        return new UserEvent.DbRing(null, page, UserEvent.Ringer.USER_PAGE, null, Events.GID, 0);
    }

    @Test
    void suspendedGroupKeepsItsInsertOffset() {
        StateScript trace =
                Events.withQueue()
                        .add(Events.insert(64))
                        .add(Events.bind(1))
                        .add(Events.fetch(1, 64))
                        .add(Events.unbind(1));
        ObjectState queue = queue(trace.end());
        assertEquals(64L, value(queue, Belief.MEMORY, "insert"));
        assertEquals(64L, value(queue, Belief.FIRMWARE, "insert"));
        assertEquals(255L, value(queue, Belief.KERNEL, "doorbell_id"));
    }

    @Test
    void theFirmwareSpeaksOfTheQueueBoundToItsInterface() {
        StateScript trace =
                Events.withQueue()
                        .add(Events.fetch(0, 8))
                        .add(Events.bind(0))
                        .add(Events.fetch(0, 16));
        assertEquals(16L, value(queue(trace.end()), Belief.FIRMWARE, "insert"));
        trace.add(Events.unbind(0)).add(Events.fetch(0, 24));
        assertEquals(16L, value(queue(trace.end()), Belief.FIRMWARE, "insert"));
        ObjectState cs = object(trace.end(), new ObjectId("cs", "0.0"));
        assertEquals(24L, value(cs, Belief.FIRMWARE, "insert"));
    }

    @Test
    void outputPageIsWhatTheFirmwareWrote() {
        StateScript trace =
                Events.withQueue()
                        .add(Events.bind(0))
                        .add(Events.active(0, true))
                        .add(Events.extract(0, 40));
        ObjectState queue = queue(trace.end());
        assertEquals(40L, value(queue, Belief.MEMORY, "extract"));
        assertEquals(true, value(queue, Belief.MEMORY, "active"));
        assertNull(queue.get(Belief.APPLICATION, "active"), "never loaded");
        trace.add(new UserEvent.UserLoad(UserEvent.LoadedWord.ACTIVE, Events.GID, 0, null, 1));
        assertFalse(queue(trace.end()).disagree("active"));
    }

    @Test
    void memoryFollowsStoresThatNameOnlyTheBuffer() {
        byte[] word = {0, 2, 0, 0, 0, 0, 0, 0};
        StateScript trace =
                Events.withQueue()
                        .add(
                                new MemoryEvent.MemWrite(
                                        Events.IO_BO, 0, word, MemoryEvent.MemoryWriter.USER));
        Cell insert = Objects.requireNonNull(queue(trace.end()).get(Belief.MEMORY, "insert"));
        assertEquals(512L, insert.value());
        assertEquals(trace.eventCount() - 1, insert.writtenBy());
    }

    @Test
    void blockedQueueSaysWhatItWaitsForUntilItGoesOn() {
        StateScript trace = Events.withQueue().add(Events.bind(0)).add(Events.block(0, 0x5000, 7));
        ObjectState queue = queue(trace.end());
        assertEquals("blocked", value(queue, Belief.FIRMWARE, "state"));
        assertEquals(0x5000L, value(queue, Belief.FIRMWARE, "wait_va"));
        trace.add(
                new FirmwareEvent.FwCs(
                        0,
                        0,
                        FirmwareEvent.CsStep.UNBLOCK,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        queue = queue(trace.end());
        assertEquals("executing", value(queue, Belief.FIRMWARE, "state"));
        assertNull(queue.get(Belief.FIRMWARE, "wait_va"));
    }

    @Test
    void ringWritesWrapAtTheEndOfTheRing() {
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        ReducedState state =
                Events.withQueue().add(Events.ring(2 * Events.RING_SIZE - 8, data)).end();
        boolean[] known = new boolean[8];
        assertEquals(9, state.memory().read(Events.RING_BO, 0, 8, known)[0]);
        assertEquals(1, state.memory().read(Events.RING_BO, Events.RING_SIZE - 8, 8, known)[0]);
        assertTrue(known[7]);
    }

    @Test
    void wordsWhoseStoreWasNotSeenAreUnknownNotZero() {
        StateScript trace = Events.withQueue().add(Events.ring(0, new byte[64]));
        trace.add(new UserEvent.RingWrite(Events.GID, 0, 8, 16, null, Writer.USER));
        MemoryImage memory = trace.end().memory();
        boolean[] known = new boolean[32];
        memory.read(Events.RING_BO, 0, 32, known);
        assertTrue(known[7]);
        assertFalse(known[8]);
        assertFalse(known[23]);
        assertTrue(known[24]);
        assertEquals(trace.eventCount() - 1, memory.lastWriter(Events.RING_BO, 8));
        assertEquals(trace.eventCount() - 2, memory.lastWriter(Events.RING_BO, 24));
    }

    @Test
    void doorbellMappingFollowsFaultAndZap() {
        StateScript trace = Events.withQueue();
        trace.add(
                new KernelEvent.Mmap(
                        KernelEvent.MappingKind.DOORBELL,
                        1,
                        Events.GID,
                        0,
                        null,
                        Events.DOORBELL_OFFSET,
                        4096,
                        "w",
                        0x7000L,
                        0));
        assertEquals("none", value(queue(trace.end()), Belief.APPLICATION, "doorbell_page"));
        trace.add(new KernelEvent.DbFault(1, 1, Events.GID, 1, KernelEvent.FaultPage.REAL, 0));
        assertEquals("doorbell 1", value(queue(trace.end()), Belief.APPLICATION, "doorbell_page"));
        trace.add(
                new KernelEvent.DbZap(
                        KernelEvent.ZapCause.UNBIND,
                        Events.GID,
                        Events.DOORBELL_OFFSET + 0x10000,
                        0,
                        0,
                        0));
        assertEquals("doorbell 1", value(queue(trace.end()), Belief.APPLICATION, "doorbell_page"));
        trace.add(new KernelEvent.DbZap(KernelEvent.ZapCause.SUSPEND, null, 1L << 56, 0, 1, 0));
        assertEquals("none", value(queue(trace.end()), Belief.APPLICATION, "doorbell_page"));
        trace.add(new KernelEvent.Munmap(KernelEvent.MappingKind.DOORBELL, 1, 0x7000L));
        assertNull(queue(trace.end()).get(Belief.APPLICATION, "doorbell_page"));
    }

    @Test
    void aReleasedGroupTakesItsQueuesWithIt() {
        ReducedState state =
                Events.withQueue().add(new KernelEvent.GroupRelease(Events.GID, true)).end();
        assertNull(state.object(Events.QUEUE));
        assertNull(state.object(Events.GROUP));
        assertEquals(0, state.anomalyCount());
    }

    @Test
    void aQueueNobodyCreatedIsAPlaceholderAndAnAnomaly() {
        ReducedState state = StateScript.of(Events.insert(64)).end();
        ObjectState queue = queue(state);
        assertEquals(64L, value(queue, Belief.APPLICATION, "insert"));
        assertNull(queue.get(Belief.MEMORY, "insert"));
        assertEquals(1, state.anomalyCount());
        assertEquals(Events.QUEUE, state.anomalies().getFirst().object());
    }

    private static ObjectState queue(MachineState state) {
        return object(state, Events.QUEUE);
    }

    private static ObjectState object(MachineState state, ObjectId id) {
        return Objects.requireNonNull(state.object(id), id.toString());
    }

    private static @Nullable Object value(ObjectState object, Belief belief, String quantity) {
        Cell cell = object.get(belief, quantity);
        return cell == null ? null : cell.value();
    }
}
