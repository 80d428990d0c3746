package org.panscope.core.scenario;

import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.user.ProcessKilled;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What the names of a process stand for while a scenario runs. A thread that uses a name another
/// thread has still to define waits for it.
final class NameTable {
    private final Map<String, Object> objects = new TreeMap<>();
    private final WaitQueue defined;

    NameTable(Simulation sim) {
        defined = new WaitQueue(sim, ThreadListener.Rest.INTERRUPTIBLE);
    }

    void define(String name, Object object) {
        objects.put(name, object);
        defined.wakeAll();
    }

    boolean isDefined(String name) {
        return objects.containsKey(name);
    }

    /// The object, as soon as there is one.
    <T> T await(String name, Class<T> type) {
        if (!defined.awaitInterruptible(() -> objects.containsKey(name), WaitQueue.FOREVER)) {
            throw new ProcessKilled();
        }
        Object object = Objects.requireNonNull(objects.get(name), name);
        return type.cast(object);
    }
}
