package org.panscope.core.report.fences;

import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.SchedEvent.Eviction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The order of submission and eviction fences (V14).
final class Evictions implements Collector {
    private final Set<ObjectId> submissions = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> evictions = new ArrayList<>();
    private boolean isWanted;
    private long armed;
    private long made;

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case Eviction eviction -> eviction(step, eviction);
            case Fence fence -> fence(step, fence);
            default -> {}
        }
    }

    private void eviction(Step step, Eviction eviction) {
        switch (eviction.step()) {
            case ARMED -> {
                armed++;
                isWanted = false;
            }
            case WANTED -> {
                isWanted = true;
                evictions.add(
                        "the memory of vm:" + eviction.vmId() + " was wanted at " + step.at());
            }
            case SUSPENDED -> {
                for (ObjectId left : submissions) {
                    broken.add(
                            left + " was not signalled when the groups were away, at " + step.at());
                }
            }
            case WAIT_FENCE, SUSPENDING, ENDED -> {}
        }
    }

    private void fence(Step step, Fence fence) {
        if (fence.kind() != FenceKind.SUBMISSION) {
            return;
        }
        ObjectId id = ObjectId.fence(fence.context(), fence.seqno());
        if (fence.step() == FenceStep.INIT) {
            made++;
            submissions.add(id);
            if (isWanted) {
                broken.add(id + " was made at " + step.at() + ", while the memory was wanted");
            }
        } else if (fence.step() == FenceStep.SIGNALED) {
            submissions.remove(id);
        }
    }

    @Override
    public List<Answer> answers(long endNs) {
        if (armed == 0) {
            return List.of(
                    Question.V14.unanswered(
                            "the driver of this trace has no eviction fences (EVICTION events;"
                                    + " mode.eviction_fences)."));
        }
        evictions.addAll(Words.some(broken));
        return List.of(
                Question.V14.answered(
                        Words.of(armed, "eviction fence")
                                + ", "
                                + Words.of(made, "submission fence")
                                + ", "
                                + Words.of(broken.size(), "violation")
                                + " of the order.",
                        evictions));
    }
}
