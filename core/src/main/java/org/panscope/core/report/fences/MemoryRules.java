package org.panscope.core.report.fences;

import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FenceEvent.Resv;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.MemoryEvent.BoCreate;
import org.panscope.trace.event.MemoryEvent.BoDestroy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Allocation in signalling, what a shrinker would have to wait for, and what is pinned (V7, V8,
/// V17).
final class MemoryRules implements Collector {
    /// A fence of an XGS job in the reservation of a buffer object.
    private record Held(long fromNs, String at) {}

    private final Map<String, Integer> allocations = new TreeMap<>();
    private final Map<String, String> firstOf = new LinkedHashMap<>();
    private final Map<ObjectId, Map<String, Held>> holds = new LinkedHashMap<>();
    private final Map<String, Durations> heldOf = new TreeMap<>();
    private final Map<Integer, Long> sizes = new LinkedHashMap<>();
    private final Map<ObjectId, Boolean> xgsFences = new LinkedHashMap<>();
    private long resident;
    private long peak;
    private String peakAt = "";
    private long allocated;
    private boolean hasFences;
    private boolean hasBuffers;

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case AllocInSignal alloc -> {
                allocated++;
                String what = alloc.kind() + " at " + alloc.site();
                allocations.merge(what, 1, Integer::sum);
                firstOf.putIfAbsent(what, step.at());
            }
            case Fence fence -> fence(step, fence);
            case Resv resv -> {
                ObjectId id = ObjectId.parse(resv.fence());
                if (xgsFences.containsKey(id) && resv.owner().startsWith("bo:")) {
                    holds.computeIfAbsent(id, missing -> new LinkedHashMap<>())
                            .putIfAbsent(resv.owner(), new Held(step.timeNs(), step.at()));
                }
            }
            case BoCreate bo -> {
                hasBuffers = true;
                sizes.put(bo.bo(), bo.size());
                resident += bo.size();
                if (resident > peak) {
                    peak = resident;
                    peakAt = step.at();
                }
            }
            case BoDestroy bo -> {
                Long size = sizes.remove(bo.bo());
                resident -= size == null ? 0 : size;
            }
            default -> {}
        }
    }

    private void fence(Step step, Fence fence) {
        hasFences = true;
        ObjectId id = ObjectId.fence(fence.context(), fence.seqno());
        if (fence.step() == FenceStep.INIT && fence.timeline().contains("xgs")) {
            xgsFences.put(id, true);
        } else if (fence.step() == FenceStep.SIGNALED) {
            xgsFences.remove(id);
            Map<String, Held> held = holds.remove(id);
            if (held != null) {
                held.forEach((owner, hold) -> held(owner, step.timeNs() - hold.fromNs()));
            }
        }
    }

    private void held(String owner, long ns) {
        heldOf.computeIfAbsent(owner, missing -> new Durations()).add(ns);
    }

    @Override
    public List<Answer> answers(long endNs) {
        List<String> kinds = new ArrayList<>();
        allocations.forEach(
                (what, count) -> kinds.add(what + ": " + count + ", first " + firstOf.get(what)));
        Answer inSignal =
                allocated == 0 && !hasFences
                        ? Question.V7.unanswered("needs ALLOC_IN_SIGNAL events.")
                        : Question.V7.answered(
                                allocated == 0
                                        ? "No allocation and no reservation lock was seen there."
                                        : "Yes: "
                                                + Words.of(allocated, "time")
                                                + " between a job being ready and its fence being"
                                                + " signalled.",
                                kinds);
        return List.of(inSignal, shrinker(endNs), pinned());
    }

    private Answer shrinker(long endNs) {
        if (!hasFences) {
            return Question.V8.unanswered("needs FENCE and RESV events.");
        }
        holds.values()
                .forEach(held -> held.forEach((owner, hold) -> held(owner, endNs - hold.fromNs())));
        holds.clear();
        List<String> lines = new ArrayList<>();
        heldOf.forEach((owner, held) ->
                lines.add(
                        owner
                                + ": "
                                + Words.of(held.count(), "fence")
                                + " of XGS jobs, "
                                + held.text()));
        return Question.V8.answered(
                heldOf.isEmpty()
                        ? "Yes: no buffer object had a fence of an XGS job in its reservation."
                        : Words.of(heldOf.size(), "buffer object")
                                + " could at times be reclaimed only behind the fence of an XGS"
                                + " job, which an application controls.",
                Words.some(lines));
    }

    private Answer pinned() {
        return hasBuffers
                ? Question.V17.answered(
                        "At most "
                                + peak
                                + " bytes of buffer objects existed, at "
                                + peakAt
                                + "; as posted all of it is pinned for as long as it exists.")
                : Question.V17.unanswered("needs BO_CREATE events.");
    }
}
