package org.panscope.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

class CancelledTimerTest {
    private final Simulation simulation = new Simulation(new SeededChoices(1), new Silent());
    private final Actor actor = new Actor("test", 1, "test");

    /// Records nothing.
    private static final class Silent implements Recorder {
        @Override
        public int track(int parent, String kind, String name) {
            return 0;
        }

        @Override
        public long record(EventHeader header, TraceEvent event) {
            return 0;
        }
    }

    @Test
    void machineThatHoldsOnlyCancelledTimersIsIdleWhereItStands() {
        Simulation.Timer watchdog =
                simulation.schedule(actor, 1_000_000, Simulation.NORMAL, () -> {});
        simulation.schedule(actor, 30, Simulation.NORMAL, watchdog::cancel);
        assertEquals(Simulation.Outcome.IDLE, simulation.run(100));
        assertEquals(30, simulation.nowNs());
    }

    @Test
    void pendingTimerBehindTheLimitLetsTheClockReachTheLimit() {
        simulation.schedule(actor, 1_000_000, Simulation.NORMAL, () -> {});
        assertEquals(Simulation.Outcome.TIME_LIMIT, simulation.run(100));
        assertEquals(100, simulation.nowNs());
    }
}
