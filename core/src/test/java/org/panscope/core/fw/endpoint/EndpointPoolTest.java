package org.panscope.core.fw.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

class EndpointPoolTest {
    private static final int COMPUTE = EndpointClaim.bit(EndpointKind.COMPUTE);
    private static final int FRAGMENT = EndpointClaim.bit(EndpointKind.FRAGMENT);
    private static final int TILER = EndpointClaim.bit(EndpointKind.TILER);
    private static final long CORES = 0x50005;

    private final List<FirmwareEvent.Endpoint> events = new ArrayList<>();
    private final List<String> starts = new ArrayList<>();
    private final Simulation simulation = new Simulation(new SeededChoices(1), new Events());
    private final Actor actor = new Actor("test", 1, "test");
    private long powerOffNs;
    private Gpu gpu = new Gpu(simulation, new PhysicalMemory(), GpuParameters.defaults());
    private EndpointPool pool = new EndpointPool(gpu, 4, () -> powerOffNs);

    @Test
    void higherGroupPriorityGoesFirstAmongThoseThatWait() {
        limits(0, 15, 4);
        limits(1, 3, 4);
        limits(2, 9, 4);
        Worker holder = new Worker("holder", 0, 0, COMPUTE, 1);
        Worker low = new Worker("low", 1, 0, COMPUTE, 1);
        Worker high = new Worker("high", 2, 0, COMPUTE, 1);
        at(0, holder::next);
        at(10_000, low::next);
        at(11_000, high::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of("holder", "high", "low"), starts);
    }

    @Test
    void queuePriorityDecidesInsideAGroup() {
        limits(0, 5, 4);
        Worker holder = new Worker("holder", 0, 0, COMPUTE, 1);
        Worker low = new Worker("low", 0, 1, COMPUTE, 1);
        Worker high = new Worker("high", 0, 2, COMPUTE, 1);
        low.claim.setQueuePriority(1);
        high.claim.setQueuePriority(2);
        at(0, holder::next);
        at(10_000, low::next);
        at(11_000, high::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of("holder", "high", "low"), starts);
    }

    @Test
    void equalsTakeTurnsJobByJob() {
        limits(0, 5, 4);
        limits(1, 5, 4);
        limits(2, 5, 4);
        List<Worker> workers =
                List.of(
                        new Worker("a", 0, 0, COMPUTE, 3),
                        new Worker("b", 1, 0, COMPUTE, 3),
                        new Worker("c", 2, 0, COMPUTE, 3));
        workers.forEach(worker -> at(0, worker::next));
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of("a", "b", "c", "a", "b", "c", "a", "b", "c"), starts);
    }

    @Test
    void laterPriorityCountsAtTheNextJob() {
        limits(0, 9, 4);
        limits(1, 5, 4);
        limits(2, 1, 4);
        Worker first = new Worker("first", 0, 0, COMPUTE, 2);
        Worker second = new Worker("second", 1, 0, COMPUTE, 1);
        Worker raised = new Worker("raised", 2, 0, COMPUTE, 1);
        at(0, first::next);
        at(1_000, second::next);
        at(2_000, raised::next);
        at(3_000, () -> limits(2, 15, 4));
        simulation.run(Long.MAX_VALUE);
        assertEquals("raised", starts.get(1));
    }

    @Test
    void nobodyGetsMoreThanItsGroupMayHaveAndTheRestIsForOthers() {
        limits(0, 9, 3);
        limits(1, 5, 4);
        Worker capped = new Worker("capped", 0, 0, COMPUTE, 1);
        Worker other = new Worker("other", 1, 0, COMPUTE, 1);
        at(0, capped::next);
        at(0, other::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of(0x10005L, 0x40000L), grants());
    }

    @Test
    void siblingsShareTheirGroupsLimit() {
        limits(0, 9, 2);
        Worker one = new Worker("one", 0, 0, COMPUTE, 1);
        Worker two = new Worker("two", 0, 1, COMPUTE, 1);
        at(0, one::next);
        at(0, two::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of(0x5L, 0x5L), grants());
        assertEquals(List.of("one", "two"), starts);
    }

    @Test
    void coreTakesComputeAndFragmentWorkAtOnce() {
        limits(0, 9, 4);
        limits(1, 5, 4);
        assertEquals(2, longestOverlap(COMPUTE, FRAGMENT));
    }

    @Test
    void exclusiveCoresTakeNothingOfOtherGroups() {
        pool.setLimits(0, new EndpointLimits(CORES, CORES, 1, 9 << 28 | 1 << 20 | 4));
        limits(1, 5, 4);
        assertEquals(1, longestOverlap(COMPUTE, FRAGMENT));
    }

    @Test
    void maskOfEnabledCoresBindsEverybody() {
        limits(0, 9, 4);
        at(0, () -> pool.setEnabledCores(0x4));
        Worker worker = new Worker("worker", 0, 0, COMPUTE, 1);
        at(0, worker::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of(0x4L), grants());
        at(0, () -> pool.setEnabledCores(0));
        simulation.run(Long.MAX_VALUE);
        assertFalse(pool.allows(0, COMPUTE));
    }

    @Test
    void twoKindsAreGrantedTogetherOrNotAtAll() {
        limits(0, 5, 4);
        limits(1, 5, 4);
        Worker tiler = new Worker("tiler", 0, 0, TILER, 1);
        Worker both = new Worker("both", 1, 0, TILER | COMPUTE, 1);
        at(0, tiler::next);
        at(10_000, both::next);
        at(50_000, () -> assertEquals(0, both.claim.cores(EndpointKind.COMPUTE)));
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of("tiler", "both"), starts);
    }

    @Test
    void unusedEndpointsGoToWhoeverWaits() {
        limits(0, 15, 4);
        limits(1, 1, 4);
        Worker idle = new Worker("idle", 0, 0, COMPUTE, 1);
        idle.keeps = true;
        Worker low = new Worker("low", 1, 0, COMPUTE, 1);
        at(0, idle::next);
        at(200_000, low::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(List.of("idle", "low"), starts);
    }

    @Test
    void jobsOfOneStreamShareItsGrant() {
        limits(0, 5, 4);
        Worker worker = new Worker("worker", 0, 0, COMPUTE, 1);
        worker.keeps = true;
        at(0, worker::next);
        at(20_000, () -> worker.run(100_000));
        at(50_000, () -> assertEquals(2, worker.claim.jobs(EndpointKind.COMPUTE)));
        simulation.run(Long.MAX_VALUE);
        assertEquals(1, grants().size());
        assertEquals(0, worker.claim.jobs(EndpointKind.COMPUTE));
    }

    @Test
    void whoGivesUpLeavesNothingBehind() {
        limits(0, 5, 4);
        Worker worker = new Worker("worker", 0, 0, COMPUTE, 1);
        at(0, worker::next);
        at(
                20_000,
                () -> {
                    worker.stopped = true;
                    worker.claim.giveUp();
                });
        simulation.run(Long.MAX_VALUE);
        assertEquals(
                List.of(
                        EndpointStep.REQUEST,
                        EndpointStep.GRANT,
                        EndpointStep.START,
                        EndpointStep.DROP,
                        EndpointStep.RELEASE),
                events.stream().map(FirmwareEvent.Endpoint::step).toList());
        assertFalse(worker.claim.isClaimed(EndpointKind.COMPUTE));
    }

    @Test
    void endpointsGoOffAfterTheTimerAndOnWithTheNextJob() {
        limits(0, 5, 4);
        powerOffNs = 1_000_000;
        Worker worker = new Worker("worker", 0, 0, COMPUTE, 1);
        at(0, worker::next);
        at(1_000, () -> assertEquals(0, gpu.registers().read64(Regs.SHADER_READY)));
        at(3_000, () -> assertEquals(CORES, gpu.registers().read64(Regs.SHADER_READY)));
        at(1_090_000, () -> assertEquals(CORES, gpu.registers().read64(Regs.SHADER_READY)));
        simulation.run(Long.MAX_VALUE);
        assertEquals(1_102_000, simulation.nowNs());
        assertEquals(0, gpu.registers().read64(Regs.SHADER_READY));
        assertEquals(0, gpu.registers().read32(Regs.TILER_READY));
        assertEquals(3 << 9, gpu.registers().read32(Regs.GPU_INT_RAWSTAT) & 3 << 9);

        worker.left = 1;
        at(0, worker::next);
        simulation.run(simulation.nowNs() + 5_000);
        assertEquals(2, starts.size());
        assertTrue(gpu.registers().read64(Regs.SHADER_READY) != 0);
    }

    /// How many of two jobs of different groups ran at once at most.
    private int longestOverlap(int first, int second) {
        Worker one = new Worker("one", 0, 0, first, 1);
        Worker two = new Worker("two", 1, 0, second, 1);
        at(0, one::next);
        at(10_000, two::next);
        simulation.run(Long.MAX_VALUE);
        assertEquals(2, starts.size());
        int most = 0;
        int now = 0;
        for (FirmwareEvent.Endpoint event : events) {
            now += event.step() == EndpointStep.START ? 1 : 0;
            now -= event.step() == EndpointStep.END ? 1 : 0;
            most = Math.max(most, now);
        }
        return most;
    }

    private void limits(int csg, int priority, int most) {
        pool.setLimits(
                csg,
                new EndpointLimits(CORES, CORES, 1, priority << 28 | 1 << 16 | most << 8 | most));
    }

    private List<Long> grants() {
        return events.stream()
                .filter(event -> event.step() == EndpointStep.GRANT)
                .map(FirmwareEvent.Endpoint::cores)
                .toList();
    }

    private void at(long delayNs, Runnable action) {
        simulation.as(actor, () -> simulation.schedule(actor, delayNs, Simulation.NORMAL, action));
    }

    /// A stream that does some jobs one after the other.
    private final class Worker {
        private final String name;
        private final int kinds;
        final EndpointClaim claim;
        private int left;
        private boolean keeps;
        private boolean stopped;

        Worker(String name, int csg, int cs, int kinds, int jobs) {
            this.name = name;
            this.kinds = kinds;
            left = jobs;
            claim = pool.claim(csg, cs, 0, this::next);
        }

        void next() {
            claim.request(kinds);
            if (claim.acquire(kinds)) {
                starts.add(name);
                left--;
                run(100_000);
            }
        }

        void run(long durationNs) {
            EndpointKind main = (kinds & TILER) != 0 ? EndpointKind.TILER : EndpointKind.COMPUTE;
            claim.start(kinds, (kinds & FRAGMENT) != 0 ? EndpointKind.FRAGMENT : main, 0x1000);
            at(durationNs, this::ended);
        }

        private void ended() {
            if (stopped) {
                return;
            }
            claim.end(kinds, 0x1000, EndpointStep.END);
            if (left > 0) {
                next();
            } else if (!keeps) {
                claim.request(0);
            }
        }
    }

    private final class Events implements Recorder {
        @Override
        public int track(int parent, String kind, String name) {
            return 0;
        }

        @Override
        public long record(EventHeader header, TraceEvent event) {
            if (event instanceof FirmwareEvent.Endpoint endpoint) {
                events.add(endpoint);
            }
            return 0;
        }
    }
}
