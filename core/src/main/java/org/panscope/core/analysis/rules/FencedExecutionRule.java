package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.MemoryEvent.Reclaim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// I26. The unfenced execution of V11; measured in every fence report, a finding only where the
/// trace shows reclaim.
final class FencedExecutionRule extends Rule {
    private final Map<Integer, Set<String>> fencesOfVm = new LinkedHashMap<>();
    private final Map<ObjectId, Run> running = new LinkedHashMap<>();
    private final Map<ObjectId, Run> unfenced = new LinkedHashMap<>();
    private long reclaimSeq = -1;

    /// Execution of one queue without a fence.
    private static final class Run {
        final int vm;
        long firstSeq;
        long lastSeq;
        long sinceNs;
        long totalNs;
        int count;

        Run(int vm) {
            this.vm = vm;
        }
    }

    FencedExecutionRule() {
        super(
                new RuleInfo(
                        "I26",
                        Severity.POLICY,
                        Blame.DESIGN,
                        "Where memory can be reclaimed, user queues execute only while a fence"
                                + " in the reservation of their address space stands for that.",
                        List.of(FwCs.class, Fence.class, Reclaim.class),
                        "whether memory could have been reclaimed, in a trace in which it was"
                                + " not"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case Fence fence -> fenced(fence);
            case Reclaim reclaim -> reclaimSeq = reclaimSeq < 0 ? moment.seq() : reclaimSeq;
            case FwCs cs -> executed(cs, moment, machine);
            default -> {}
        }
    }

    private void fenced(Fence fence) {
        String id = ObjectId.fence(fence.context(), fence.seqno()).toString();
        String to = fence.publishedTo();
        switch (fence.step()) {
            case PUBLISH -> {
                int vm = to == null ? -1 : vmOf(to);
                if (vm >= 0) {
                    fencesOfVm.computeIfAbsent(vm, key -> new LinkedHashSet<>()).add(id);
                }
            }
            case SIGNALED, DESTROY -> fencesOfVm.values().forEach(all -> all.remove(id));
            default -> {}
        }
    }

    private static int vmOf(String reservation) {
        String prefix = "resv vm:";
        int end = reservation.indexOf(' ', prefix.length());
        if (!reservation.startsWith(prefix) || end < 0) {
            return -1;
        }
        try {
            return Integer.parseInt(reservation.substring(prefix.length(), end));
        } catch (NumberFormatException e) {
            return -1; // written by hand: no reservation of a VM we know
        }
    }

    private void executed(FwCs cs, Moment moment, Machine machine) {
        QueueFacts queue = machine.queueAt(cs.csg(), cs.cs());
        Integer vm = queue == null ? null : queue.group.vmId;
        if (queue == null || vm == null || !queue.group.isUserSubmit) {
            return;
        }
        switch (cs.step()) {
            case FETCH -> {
                Set<String> fences = fencesOfVm.get(vm);
                if ((fences == null || fences.isEmpty()) && !running.containsKey(queue.id())) {
                    Run run = unfenced.computeIfAbsent(queue.id(), id -> new Run(vm));
                    run.firstSeq = run.count == 0 ? moment.seq() : run.firstSeq;
                    run.count++;
                    run.sinceNs = moment.timeNs();
                    running.put(queue.id(), run);
                }
            }
            case EMPTY, SUSPEND, STOP ->
                    ended(running.remove(queue.id()), moment.timeNs(), moment.seq());
            default -> {}
        }
    }

    private static void ended(@Nullable Run run, long nowNs, long seq) {
        if (run != null) {
            run.totalNs += nowNs - run.sinceNs;
            run.lastSeq = seq;
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        running.values().forEach(run -> ended(run, machine.nowNs, lastSeq));
        if (reclaimSeq < 0) {
            return;
        }
        unfenced.forEach((queue, run) ->
                report(
                        List.of(queue, ObjectId.of("vm", run.vm)),
                        queue
                                + " executed "
                                + Texts.count(run.count, "time")
                                + ", "
                                + Texts.duration(run.totalNs)
                                + " in all, without any fence in the reservation of vm:"
                                + run.vm
                                + ", in a system that reclaims memory.",
                        run.firstSeq,
                        run.lastSeq,
                        reclaimSeq));
    }
}
