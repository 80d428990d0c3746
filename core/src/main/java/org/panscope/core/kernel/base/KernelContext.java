package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every part of the driver runs in: the simulated machine, its RAM, and the costs of code.
/// Hands out identities that are never reused.
public final class KernelContext {
    private static final int FIRST_KERNEL_PID = 50;

    private final Simulation sim;
    private final PhysicalMemory memory;
    private final KernelTimings timings;
    private final DriverConfig driver;
    private final int kernelTrack;
    private final int memoryTrack;
    private final Map<String, LiveObject> alive = new LinkedHashMap<>();
    private int lastPid = FIRST_KERNEL_PID;
    private int lastBufferObject;
    private int lastVm;
    private long lastGroup;
    private long lastJob;
    private long lastFenceContext;
    private long lastXgsQueue;
    private int lastEventfd;
    private long lastSyncobj;
    private @Nullable Workqueue systemQueue;
    private @Nullable Workqueue cleanupQueue;

    public KernelContext(
            Simulation sim, PhysicalMemory memory, KernelTimings timings, DriverConfig driver) {
        this.sim = sim;
        this.memory = memory;
        this.timings = timings;
        this.driver = driver;
        kernelTrack = TrackNames.kernel(sim);
        memoryTrack = TrackNames.memory(sim);
    }

    public Simulation sim() {
        return sim;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public KernelTimings timings() {
        return timings;
    }

    /// Which driver this is, with which fixes.
    public DriverConfig driver() {
        return driver;
    }

    public int kernelTrack() {
        return kernelTrack;
    }

    public int memoryTrack() {
        return memoryTrack;
    }

    /// A kernel thread, to be spawned.
    public Actor thread(String comm, String context) {
        return new Actor(comm, ++lastPid, context);
    }

    public int nextBufferObject() {
        return ++lastBufferObject;
    }

    public int nextVm() {
        return ++lastVm;
    }

    public long nextGroup() {
        return ++lastGroup;
    }

    public long nextJob() {
        return ++lastJob;
    }

    public long nextXgsQueue() {
        return ++lastXgsQueue;
    }

    public int nextEventfd() {
        return ++lastEventfd;
    }

    public long nextSyncobj() {
        return ++lastSyncobj;
    }

    /// The kernel's `system_wq`.
    public Workqueue systemQueue() {
        Workqueue queue = systemQueue;
        if (queue == null) {
            queue = new Workqueue(this, "events", Workqueue.UNBOUND);
            systemQueue = queue;
        }
        return queue;
    }

    /// `panthor_cleanup_wq`.
    public Workqueue cleanupQueue() {
        Workqueue queue = cleanupQueue;
        if (queue == null) {
            queue = new Workqueue(this, "panthor-cleanup", Workqueue.UNBOUND);
            cleanupQueue = queue;
        }
        return queue;
    }

    /// The kernel's `dma_fence_context_alloc`.
    ///
    /// @return the first of `count` new contexts
    public long allocateFenceContexts(int count) {
        long first = lastFenceContext + 1;
        lastFenceContext += count;
        return first;
    }

    /// An object comes into being; call it before the event that says so.
    public void born(LiveObject object) {
        alive.put(object.objectId(), object);
    }

    /// An object is gone; call it before the event that says so.
    public void gone(LiveObject object) {
        alive.remove(object.objectId());
    }

    /// All live objects of a class, in the order they came into being.
    public <T extends LiveObject> List<T> alive(Class<T> type) {
        return alive.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// Lets the running thread take `ns`, and up to `kernel.jitter_ns` more; code in a callback
    /// takes no time. Whoever else is due meanwhile runs meanwhile.
    public void spend(long ns) {
        if (sim.inThread()) {
            long all = sim.duration("kernel.step", ns, ns + timings.jitterNs());
            if (all > 0) {
                sim.sleep(all);
            }
        }
    }

    /// The kernel's `WARN()`.
    public void warn(String site, String text) {
        sim.emit(kernelTrack, new KernelEvent.Warn(WarnKind.WARN, site, text));
    }

    /// The kernel's `drm_warn()` and `drm_err()`.
    public void log(String site, String text) {
        sim.emit(kernelTrack, new KernelEvent.Warn(WarnKind.LOG, site, text));
    }
}
