package org.panscope.core.user;

import org.panscope.core.sim.Actor;
import org.panscope.core.sim.SimThread;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Credentials;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.DeviceNode;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MarkEvent;

import java.util.ArrayList;
import java.util.List;

/// A process of the emulated machine: a name, memory of its own, and threads. All it sees of the
/// driver is the device node.
public final class UserProcess {
    private static final int SIGKILL = 9;

    private final Simulation sim;
    private final DeviceNode node;
    private final Identities identities;
    private final ClientTimings timings;
    private final String name;
    private final int pid;
    private final UserMemory memory = new UserMemory();
    private final List<UserSubmitQueue> submitQueues = new ArrayList<>();
    private final List<SimThread> threads = new ArrayList<>();
    private final List<DeviceFile> files = new ArrayList<>();
    private Credentials credentials = Credentials.ORDINARY;
    private int threadCount;
    private int running;
    private boolean killed;
    private boolean exited;

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

    /// What it may; an ordinary application's rights unless told otherwise.
    public void setCredentials(Credentials given) {
        credentials = given;
    }

    /// Lets its running thread take `ns`, and up to `client.jitter_ns` more. In user mode, so a
    /// signal that came meanwhile ends the thread.
    void spend(long ns) {
        checkSignal();
        sim.sleep(sim.duration("client.step", ns, ns + timings.jitterNs()));
        checkSignal();
    }

    /// nanosleep(2).
    public void pause(long ns) {
        checkSignal();
        new WaitQueue(sim, ThreadListener.Rest.INTERRUPTIBLE).awaitInterruptible(() -> false, ns);
        checkSignal();
    }

    /// Ends the running thread when its process was killed.
    public void checkSignal() {
        if (killed) {
            throw new ProcessKilled();
        }
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
        SimThread thread = sim.spawn(actor, delayNs, () -> runThread(body));
        threads.add(thread);
        return thread;
    }

    private void runThread(Runnable body) {
        if (killed) {
            return;
        }
        running++;
        try {
            body.run();
        } catch (ProcessKilled e) {
            // The exit path below is all that is left to do.
        }
        running--;
        if (killed && running == 0) {
            exit();
        }
    }

    // ---- its end
    // ----------------------------------------------------------------------------------

    /// kill(2) with SIGKILL. Threads stop when they are in user mode next, or at once in a wait
    /// that a signal interrupts; a system call that cannot be interrupted is finished first.
    public void kill() {
        if (killed) {
            return;
        }
        killed = true;
        sim.follow(TrackNames.process(sim, name), new KernelEvent.ProcessKill(name, SIGKILL));
        threads.forEach(SimThread::interrupt);
        if (running == 0) {
            SimThread last = sim.spawn(new Actor(name, pid + threadCount++, "user"), 0, this::exit);
            last.interrupt();
        }
    }

    public boolean isKilled() {
        return killed;
    }

    /// Whether nothing of it is left.
    public boolean hasExited() {
        return exited;
    }

    /// `do_exit` of the last thread: first the mappings go, then the descriptors.
    private void exit() {
        files.forEach(DeviceFile::unmapAll);
        files.forEach(DeviceFile::close);
        exited = true;
        sim.emit(TrackNames.process(sim, name), new KernelEvent.ProcessExit(name));
    }

    /// open(2) of the render node.
    public DrmFile open() {
        spend(timings.syscallNs());
        DeviceFile file = node.open(name, memory, credentials);
        files.add(file);
        return new DrmFile(this, file);
    }

    /// Leaves a note on the lane of the running thread.
    public void mark(String thread, String text) {
        sim.emit(TrackNames.thread(sim, name, thread), new MarkEvent.Mark(text));
    }

    void opened(UserSubmitQueue queue) {
        submitQueues.add(queue);
    }

    /// The machine it runs on.
    public Simulation simulation() {
        return sim;
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
