package org.panscope.core.uapi;

import org.panscope.core.sim.Simulation;

/// The lanes a recorded machine draws its events on, in one place, so that every part of the
/// emulator puts the same thing on the same lane.
///
/// ```
/// process <comm> > group <handle> > queue <n>      xgs queue <handle> beside the groups
/// kernel         > tick | sync_upd | fw_events | pm | <any other work>
/// irq            > job | mmu | gpu
/// cpus           > cpu <n>                         tracepoints
/// csg slots      > slot <n>
/// firmware       > mcu, csg <n> > cs <j>
/// hardware       > registers | mmu
/// fences         > <timeline> ctx <n>
/// sync objects, memory, syncobjs
/// ```
public final class TrackNames {
    private static final int ROOT = -1;

    private TrackNames() {}

    // ---- processes ----------------------------------------------------------------------------

    public static int process(Simulation sim, String comm) {
        return sim.track(ROOT, "process", comm);
    }

    /// A thread of a process, for its own steps.
    public static int thread(Simulation sim, String comm, String thread) {
        return sim.track(process(sim, comm), "thread", thread);
    }

    public static int group(Simulation sim, String comm, int handle) {
        return sim.track(process(sim, comm), "group", "group " + handle);
    }

    public static int queue(Simulation sim, String comm, int handle, int queue) {
        return sim.track(group(sim, comm, handle), "queue", "queue " + queue);
    }

    public static int xgsQueue(Simulation sim, String comm, int handle) {
        return sim.track(process(sim, comm), "xgs", "xgs queue " + handle);
    }

    // ---- kernel -------------------------------------------------------------------------------

    public static int kernel(Simulation sim) {
        return sim.track(ROOT, "kernel", "kernel");
    }

    /// Lane of a work item: `tick`, `sync_upd`, `fw_events`, `drm_sched_run_job`, ...
    public static int work(Simulation sim, String work) {
        return sim.track(kernel(sim), "work", work);
    }

    /// A CPU of the machine, for what its tracepoints tell.
    public static int cpu(Simulation sim, int cpu) {
        return sim.track(sim.track(ROOT, "cpus", "cpus"), "cpu", "cpu " + cpu);
    }

    public static int pm(Simulation sim) {
        return sim.track(kernel(sim), "pm", "pm");
    }

    /// Lane of an interrupt line: `job`, `mmu`, `gpu`.
    public static int irq(Simulation sim, String line) {
        return sim.track(sim.track(ROOT, "irq", "irq"), "irq", line);
    }

    public static int slot(Simulation sim, int slot) {
        return sim.track(sim.track(ROOT, "slots", "csg slots"), "slot", "slot " + slot);
    }

    // ---- firmware and hardware ----------------------------------------------------------------

    public static int firmware(Simulation sim) {
        return sim.track(ROOT, "firmware", "firmware");
    }

    public static int mcu(Simulation sim) {
        return sim.track(firmware(sim), "mcu", "mcu");
    }

    public static int csg(Simulation sim, int csg) {
        return sim.track(firmware(sim), "csg", "csg " + csg);
    }

    public static int cs(Simulation sim, int csg, int cs) {
        return sim.track(csg(sim, csg), "cs", "cs " + cs);
    }

    public static int hardware(Simulation sim) {
        return sim.track(ROOT, "hardware", "hardware");
    }

    public static int registers(Simulation sim) {
        return sim.track(hardware(sim), "registers", "registers");
    }

    public static int mmu(Simulation sim) {
        return sim.track(hardware(sim), "mmu", "mmu");
    }

    // ---- synchronisation and memory -----------------------------------------------------------

    public static int fence(Simulation sim, String timeline, long context) {
        return sim.track(
                sim.track(ROOT, "fences", "fences"), "timeline", timeline + " ctx " + context);
    }

    /// Sync objects in GPU memory.
    public static int syncObjects(Simulation sim) {
        return sim.track(ROOT, "sync", "sync objects");
    }

    /// drm_syncobjs.
    public static int syncobjs(Simulation sim) {
        return sim.track(ROOT, "syncobjs", "syncobjs");
    }

    public static int memory(Simulation sim) {
        return sim.track(ROOT, "memory", "memory");
    }
}
