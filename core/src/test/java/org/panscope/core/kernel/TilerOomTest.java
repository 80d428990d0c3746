package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.heap.HeapPool;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.HeapClient;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.Notify;
import org.panscope.core.user.TilerHeap;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.FirmwareEvent.FwWrite;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.TermReason;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.TraceEvent;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What the driver answers a tiler that ran out of memory; [OomFirmware] plays the tiler. The
/// invariant is checked at every event.
class TilerOomTest {
    private static final OomFirmware.Passes ONE_BEING_TILED = new OomFirmware.Passes(1, 0, 0);
    private static final String FAILED = "Failed to extend the tiler heap";
    private static final int CHUNK_BYTES = 128 << 10;
    private static final long US = 1_000;

    /// Slow enough for a group to lose its slot while a chunk is allocated for it.
    private static final long SLOW_BUFFER_NS = 200 * US;

    private Machine machine = new Machine();

    /// A process whose group is on a slot and has a heap of one chunk that may have two.
    private record Client(
            Machine machine, DrmFile file, int vm, UserGroup userGroup, TilerHeap heap) {
        Group group() {
            return machine.device.allGroups().getFirst();
        }

        HeapPool pool() {
            return Objects.requireNonNull(machine.device.heaps().find(group().vm()));
        }

        OomFirmware firmware(int cs) {
            return new OomFirmware(machine, group().csgId(), cs);
        }

        void waitUs(long us) {
            machine.sim.sleep(us * US);
        }
    }

    private void run(Consumer<Client> body) {
        boolean[] done = new boolean[1];
        UserProcess process = machine.process("tiler");
        process.start(
                0,
                () -> {
                    body.accept(client(process));
                    done[0] = true;
                });
        machine.sim.run(500 * Machine.MS);
        assertTrue(done[0]);
    }

    private Client client(UserProcess process) {
        DrmFile file = process.open();
        int vm = new MemoryClient(file).createVm(0).value();
        TilerHeap heap =
                new HeapClient(file)
                        .create(vm, new HeapClient.Request(1, CHUNK_BYTES, 2, 1))
                        .value();
        GroupRequest.Queue queue = new GroupRequest.Queue(0, 4096);
        UserGroup group =
                new GroupClient(file)
                        .create(new GroupRequest(vm, 1, true, 1, 1, null, List.of(queue, queue)))
                        .value();
        UserSubmitQueue first = new UserSubmitQueue(file, group, 0);
        assertEquals(0, first.mapRing() | first.mapIo() | first.mapDoorbell());
        assertEquals(0, first.submit(UserSubmitQueue.bytesOf(new long[8]), Notify.KICK));
        machine.sim.sleep(Machine.MS);
        Client client = new Client(machine, file, vm, group, heap);
        assertTrue(client.group().csgId() >= 0);
        return client;
    }

    @Test
    void aTilerThatRanOutGetsAChunkMore() {
        run(client -> {
            OomFirmware firmware = client.firmware(1);
            firmware.raise(client.heap().contextVa(), ONE_BEING_TILED);
            assertTrue(firmware.isWaiting());
            client.waitUs(100);
            assertFalse(firmware.isWaiting());
            assertEquals(firmware.heapStart(), firmware.heapEnd());
            assertEquals(CHUNK_BYTES >> 12, firmware.heapStart() & 0xfff);
            assertNotEquals(client.heap().firstChunkVa(), firmware.heapStart() & ~0xfffL);
            assertEquals(Map.of(0, 2), client.pool().chunkCounts());
            assertEquals(0, client.group().fatalQueues());
        });
        assertAnswerIsToldInOrder();
        assertEquals(List.of(), failures());
    }

    /// First the chunk, then the acknowledge, then the doorbell of the stream, then the CSG's.
    private void assertAnswerIsToldInOrder() {
        List<TraceEvent> events = machine.entries.stream().map(Machine.Entry::event).toList();
        int start = 0;
        while (!(events.get(start) instanceof FwWrite write && write.word().equals("heap_start"))) {
            start++;
        }
        List<String> words =
                events.subList(start, events.size()).stream()
                        .map(e ->
                                switch (e) {
                                    case FwWrite w -> w.block() + "." + w.word();
                                    case FwReq r -> r.block() + "." + r.word();
                                    default -> "";
                                })
                        .filter(word -> !word.isEmpty())
                        .limit(5)
                        .toList();
        assertEquals(
                List.of(
                        "CSG0.CS1.heap_start",
                        "CSG0.CS1.heap_end",
                        "CSG0.CS1.req",
                        "CSG0.doorbell_req",
                        "GLB.doorbell_req"),
                words);
    }

    @Test
    void aHeapAtItsMaximumAnswersZeroAndTheGroupLives() {
        run(client -> {
            OomFirmware firmware = client.firmware(0);
            firmware.raise(client.heap().contextVa(), ONE_BEING_TILED);
            client.waitUs(100);
            assertNotEquals(0, firmware.heapStart());
            firmware.raise(client.heap().contextVa(), ONE_BEING_TILED);
            client.waitUs(100);
            assertFalse(firmware.isWaiting());
            assertEquals(0, firmware.heapStart());
            assertEquals(0, firmware.heapEnd());
            assertTrue(client.group().canRun());
        });
        assertEquals(List.of(), failures());
    }

    @Test
    void passesInFlightAreThoseStartedAndNotRendered() {
        run(client -> {
            OomFirmware firmware = client.firmware(0);
            firmware.raise(client.heap().contextVa(), new OomFirmware.Passes(7, 6, 5));
            client.waitUs(100);
            assertEquals(0, firmware.heapStart(), "2 in flight, 1 wanted");
            firmware.raise(client.heap().contextVa(), new OomFirmware.Passes(7, 6, 6));
            client.waitUs(100);
            assertNotEquals(0, firmware.heapStart());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "rendered before tiled, 3, 1, 2",
        "none being tiled, 2, 2, 1",
        "tiled before started, 1, 2, 1",
        "nothing counted, 0, 0, 0",
        "counts are unsigned, 3, 1, -1"
    })
    void countsThatCannotBeEndTheGroup(String why, int vtStart, int vtEnd, int fragEnd) {
        run(client -> {
            OomFirmware firmware = client.firmware(1);
            firmware.raise(
                    client.heap().contextVa(), new OomFirmware.Passes(vtStart, vtEnd, fragEnd));
            client.waitUs(1000);
            assertEquals(0b10, client.group().fatalQueues(), why);
            assertEquals(Map.of(0, 1), client.pool().chunkCounts());
            assertEquals(Group.NO_SLOT, client.group().csgId());
        });
        assertEquals(List.of(FAILED), failures());
        assertEquals(TermReason.FATAL, machine.of(Term.class).getFirst().reason());
    }

    @Test
    void anAddressThatIsNoHeapEndsTheGroup() {
        run(client -> {
            client.firmware(0).raise(client.heap().contextVa() + 64, ONE_BEING_TILED);
            client.waitUs(1000);
            assertEquals(1, client.group().fatalQueues());
        });
        assertEquals(List.of(FAILED), failures());
    }

    @Test
    void aVmWhosePoolIsGoneEndsTheGroup() {
        run(client -> {
            assertEquals(0, new MemoryClient(client.file()).destroyVm(client.vm()));
            client.firmware(0).raise(client.heap().contextVa(), ONE_BEING_TILED);
            client.waitUs(1000);
            assertEquals(1, client.group().fatalQueues());
        });
        assertEquals(List.of(FAILED), failures());
    }

    @Test
    void bothStreamsOfAGroupAreAnswered() {
        run(client -> {
            OomFirmware first = client.firmware(0);
            OomFirmware second = client.firmware(1);
            first.raise(client.heap().contextVa(), ONE_BEING_TILED);
            second.raise(client.heap().contextVa(), ONE_BEING_TILED);
            client.waitUs(200);
            assertFalse(first.isWaiting() || second.isWaiting());
            assertNotEquals(0, first.heapStart());
            assertEquals(0, second.heapStart(), "the heap may have two chunks");
        });
    }

    @Test
    void aGroupThatLosesItsSlotMeanwhileGetsNothingAndTheChunkGoesBack() {
        machine = new Machine(1, new KernelParameters(slowBuffers()));
        run(client -> {
            OomFirmware firmware = client.firmware(0);
            firmware.raise(client.heap().contextVa(), ONE_BEING_TILED);
            client.waitUs(100);
            assertEquals(Map.of(0, 1), client.pool().chunkCounts());
            HeapPool pool = client.pool();
            new GroupClient(client.file()).destroy(client.userGroup().handle());
            client.waitUs(1000);
            assertEquals(Map.of(0, 1), pool.chunkCounts());
            assertTrue(firmware.isWaiting());
            assertEquals(0, firmware.heapStart());
        });
        assertEquals(1, machine.of(AllocInSignal.class).size());
        assertEquals(List.of(), failures());
        assertEquals(List.of(), machine.device.allGroups());
    }

    @Test
    void anEventSeenOnlyWhenTheGroupLeavesIsForgottenAndKeepsTheGroup() {
        run(client -> {
            client.firmware(0).raiseSilently(client.heap().contextVa(), ONE_BEING_TILED);
            new GroupClient(client.file()).destroy(client.userGroup().handle());
            client.waitUs(100_000);
        });
        List<WorkStep> steps =
                machine.of(SchedWork.class).stream()
                        .filter(work -> work.work().equals("group_tiler_oom"))
                        .map(SchedWork::step)
                        .toList();
        assertEquals(List.of(WorkStep.QUEUED, WorkStep.CANCELLED), steps);
        assertEquals(1, machine.device.allGroups().size(), "as in the driver, never released");
    }

    @Test
    void theWorkRunsOnAWorkqueueOfItsOwnBecauseOfTheEvent() {
        run(client -> {
            client.firmware(0).raise(client.heap().contextVa(), ONE_BEING_TILED);
            client.waitUs(100);
        });
        SchedWork begin =
                machine.of(SchedWork.class).stream()
                        .filter(work -> work.work().equals("group_tiler_oom"))
                        .filter(work -> work.step() == WorkStep.BEGIN)
                        .findFirst()
                        .orElseThrow();
        assertEquals("panthor-heap-alloc", begin.workqueue());
        FwWrite answer =
                machine.of(FwWrite.class).stream()
                        .filter(write -> write.word().equals("heap_start"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(machine.isCausedBy(answer, begin));
    }

    private List<String> failures() {
        return machine.of(Warn.class).stream().map(Warn::text).toList();
    }

    static KernelTimings slowBuffers() {
        return Changed.copy(KernelTimings.defaults(), "bufferNs", SLOW_BUFFER_NS);
    }
}
