package org.panscope.core.capture.quality;

import org.panscope.core.capture.pairing.CapturePairs;
import org.panscope.core.capture.quality.Absence.Reach;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What one wants to know of a board, the events that show it, and what to do without them.
public final class Expectations {
    private static final String MARKERS =
            "let the driver write psm1 markers (capture-script --markers)";

    private static final List<Expectation> ALL =
            List.of(
                    kernel(
                            "jobs of the GPU scheduler",
                            "record gpu_scheduler; its module must be loaded first",
                            "drm_sched_job_queue drm_sched_job_run drm_sched_job_done drm_sched_job"
                                    + " drm_run_job drm_sched_process_job amd_sched_job"
                                    + " amdgpu_cs_ioctl amdgpu_sched_run_job"),
                    kernel("when fences are made", "record dma_fence", "dma_fence_init fence_init"),
                    kernel(
                            "when fences signal",
                            "record dma_fence",
                            "dma_fence_signaled fence_signaled"),
                    kernel(
                            "waits for fences",
                            "record dma_fence",
                            "dma_fence_wait_start fence_wait_start"),
                    kernel(
                            "masks of job interrupts",
                            "record panthor, on Linux 7.0 or later",
                            "gpu_job_irq"),
                    kernel(
                            "power of shader cores, tiler and L2",
                            "record panthor, on Linux 7.0 or later",
                            "gpu_power_status"),
                    kernel(
                            "clock rate of the GPU",
                            "record devfreq",
                            "devfreq_frequency devfreq_monitor gpu_frequency"),
                    kernel(
                            "memory of the GPU",
                            "record gpu_mem, where the driver reports it; panthor does not",
                            "gpu_mem_total"),
                    kernel("interrupts", "record irq", "irq_handler_entry"),
                    kernel("work items", "record workqueue", "workqueue_execute_start"),
                    kernel("threads on CPUs", "record sched:sched_switch", "sched_switch"),
                    kernel(
                            "who wakes whom",
                            "record sched:sched_waking",
                            "sched_waking sched_wakeup"),
                    helped("ring writes, CS_INSERT and user doorbells", MARKERS, "rbw ins db"),
                    helped("progress of CS_EXTRACT", MARKERS, "smp"),
                    helped("values of GPU sync objects", MARKERS, "sv"),
                    helped("values of syncobjs", MARKERS, "so"),
                    helped("operations of XGS jobs", MARKERS, "xop"),
                    helped(
                            "which CSG slot a group holds",
                            "probe panthor's functions (capture-script --kprobes)",
                            "group_bind_locked"),
                    never("requests to the firmware and their acknowledges", "emulate the run"),
                    never(
                            "what the GPU adds to sync objects and waits for",
                            "Mesa's u_trace shows part of it"),
                    never(
                            "when a command stream really starts",
                            "rows named “estimated” reckon it from fences"),
                    never("faults of the MMU", "look for “Unhandled Page fault” in dmesg"),
                    never("error codes of fences", "dmesg tells of timeouts and resets"));

    private record Expectation(Absence absence, List<String> shownBy) {}

    private Expectations() {}

    private static Expectation kernel(String what, String remedy, String events) {
        return new Expectation(
                new Absence(Reach.KERNEL, what, remedy), List.of(events.split(" ", -1)));
    }

    private static Expectation helped(String what, String remedy, String shownBy) {
        return new Expectation(
                new Absence(Reach.HELPED, what, remedy), List.of(shownBy.split(" ", -1)));
    }

    private static Expectation never(String what, String remedy) {
        return new Expectation(new Absence(Reach.NEVER, what, remedy), List.of());
    }

    /// Formats that hold no kernel's events, of which nobody expects them.
    private static final Set<String> NO_KERNEL =
            Set.of("chrome-json", "panthor-coredump", "kernel-log", "pandecode", "u_trace");

    /// As [#notShownBy(Set, Set)], for a trace; nothing where a kernel's events are not due.
    public static List<Absence> notShownBy(Trace trace, Set<String> verbs) {
        TraceHeader header = trace.header();
        return header.isEmulated() || NO_KERNEL.contains(header.format())
                ? List.of()
                : notShownBy(CapturePairs.recordedNames(trace), verbs);
    }

    /// What is not shown by any of these.
    ///
    /// @param events plain names of the events that occur
    /// @param verbs verbs of the markers that occur
    public static List<Absence> notShownBy(Set<String> events, Set<String> verbs) {
        List<Absence> absences = new ArrayList<>();
        for (Expectation each : ALL) {
            boolean isMarker = each.absence().reach() == Reach.HELPED;
            boolean isShown =
                    each.shownBy().stream()
                            .anyMatch(name ->
                                    events.contains(name) || (isMarker && verbs.contains(name)));
            if (!isShown) {
                absences.add(each.absence());
            }
        }
        return absences;
    }
}
