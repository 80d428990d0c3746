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
    private final Tracepoints tracepoints;
    private final int kernelTrack;
    private final int memoryTrack;
    private final DrmDevice drmDevice;
    private final DeviceReset reset;
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
    private int lastWorkItem;
    private @Nullable Workqueue cleanupQueue;

    /// A kernel whose tracepoints are off.
    public KernelContext(
            Simulation sim, PhysicalMemory memory, KernelTimings timings, DriverConfig driver) {
        this(sim, memory, timings, driver, TracepointSet.NONE);
    }

    /// @param enabled tracepoints that are on
    public KernelContext(
            Simulation sim,
            PhysicalMemory memory,
            KernelTimings timings,
            DriverConfig driver,
            TracepointSet enabled) {
        this.sim = sim;
        this.memory = memory;
        this.timings = timings;
        this.driver = driver;
        tracepoints = new Tracepoints(sim, driver, enabled);
        kernelTrack = TrackNames.kernel(sim);
        memoryTrack = TrackNames.memory(sim);
        drmDevice = new DrmDevice(this);
        reset = new DeviceReset(this);
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

    /// Whether the device is still there.
    public DrmDevice drmDevice() {
        return drmDevice;
    }

    /// Resets of the device: who wants one, and whether one goes on.
    public DeviceReset reset() {
        return reset;
    }

    public int kernelTrack() {
        return kernelTrack;
    }

    public int memoryTrack() {
        return memoryTrack;
    }

    public Tracepoints tracepoints() {
        return tracepoints;
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

    int nextWorkItem() {
        return ++lastWorkItem;
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

    /// Room between a look and the deed that relies on it: nothing, or up to `kernel.jitter_ns`.
    ///
    /// @param choice name of the decision how long
    public void window(String choice) {
        if (sim.inThread() && timings.jitterNs() > 0) {
            long ns = sim.duration(choice, 0, timings.jitterNs());
            if (ns > 0) {
                sim.sleep(ns);
            }
        }
    }

    /// The kernel's `WARN()`.
    public void warn(String site, String text) {
        sim.emit(kernelTrack, new KernelEvent.Warn(WarnKind.WARN, site, text));
    }

    /// The kernel touched what it must not: a freed object, an error pointer, a page without a
    /// device behind it.
    ///
    /// ASSUMPTION: kernel.after_oops: an oops ends the operation it happens in and nothing else: no
    /// lock stays held and no thread dies of it.
    public void oops(String site, String text) {
        sim.emit(kernelTrack, new KernelEvent.Warn(WarnKind.OOPS, site, text));
    }

    /// The kernel's `drm_warn()` and `drm_err()`.
    public void log(String site, String text) {
        sim.emit(kernelTrack, new KernelEvent.Warn(WarnKind.LOG, site, text));
    }
}
