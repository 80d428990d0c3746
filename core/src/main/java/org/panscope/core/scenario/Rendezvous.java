package org.panscope.core.scenario;

import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.user.UserProcess;

import java.util.Map;
import java.util.TreeMap;

/// Where threads of a scenario, of any of its processes, wait for each other: counters by name that
/// `signal` adds one to and `await` takes one from. Nothing of the machine sees them.
final class Rendezvous {
    private final Map<String, Integer> signals = new TreeMap<>();
    private final WaitQueue signaled;

    Rendezvous(Simulation sim) {
        signaled = new WaitQueue(sim);
    }

    void signal(String name) {
        signals.merge(name, 1, Integer::sum);
        signaled.wakeAll();
    }

    /// Waits for a signal and takes it.
    ///
    /// @return whether there was one in time
    boolean await(UserProcess process, String name, long timeoutNs) {
        boolean came =
                signaled.awaitInterruptible(() -> signals.getOrDefault(name, 0) > 0, timeoutNs);
        process.checkSignal();
        if (came) {
            signals.merge(name, -1, Integer::sum);
        }
        return came;
    }
}
