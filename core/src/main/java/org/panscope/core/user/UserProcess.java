package org.panscope.core.user;

import org.panscope.core.sim.Actor;
import org.panscope.core.sim.SimThread;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.DeviceNode;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.MarkEvent;

import java.util.ArrayList;
import java.util.List;

/// A process of the emulated machine: a name, memory of its own, and threads. All it sees of the
/// driver is the device node.
public final class UserProcess {
    private final Simulation sim;
    private final DeviceNode node;
    private final Identities identities;
    private final ClientTimings timings;
    private final String name;
    private final int pid;
    private final UserMemory memory = new UserMemory();
    private final List<UserSubmitQueue> submitQueues = new ArrayList<>();
    private int threadCount;

    /// A process that has no thread yet.
    ///
    /// @param name comm of the process, unique in its machine since lanes are named after it
    /// @param pid of its first thread; further threads count on from there
    public UserProcess(
            Simulation sim,
            DeviceNode node,
            Identities identities,
            ClientTimings timings,
            String name,
            int pid) {
        this.sim = sim;
        this.node = node;
        this.identities = identities;
        this.timings = timings;
        this.name = name;
        this.pid = pid;
    }

    public String name() {
        return name;
    }

    public int pid() {
        return pid;
    }

    /// Lets its running thread take `ns`, and up to `client.jitter_ns` more.
    void spend(long ns) {
        sim.sleep(sim.duration("client.step", ns, ns + timings.jitterNs()));
    }

    public ClientTimings timings() {
        return timings;
    }

    /// Every queue of a user-submit group it ever took, in order.
    public List<UserSubmitQueue> submitQueues() {
        return List.copyOf(submitQueues);
    }

    /// Starts a thread. Its events carry the name of the process and a thread id of its own.
    public SimThread start(long delayNs, Runnable body) {
        Actor actor = new Actor(name, pid + threadCount++, pid, "user");
        return sim.spawn(actor, delayNs, body);
    }

    /// open(2) of the render node.
    public DrmFile open() {
        spend(timings.syscallNs());
        return new DrmFile(this, node.open(name, memory));
    }

    /// Leaves a note on the lane of the running thread.
    public void mark(String thread, String text) {
        sim.emit(TrackNames.thread(sim, name, thread), new MarkEvent.Mark(text));
    }

    void opened(UserSubmitQueue queue) {
        submitQueues.add(queue);
    }

    Simulation sim() {
        return sim;
    }

    UserMemory memory() {
        return memory;
    }

    Identities identities() {
        return identities;
    }
}
