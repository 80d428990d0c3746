package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.SchedEvent.Eviction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I27. The order the amdgpu model needs (V14).
final class EvictionOrderRule extends Rule {
    private final Map<Integer, Long> evicted = new LinkedHashMap<>();
    private final Map<String, Long> open = new LinkedHashMap<>();
    private final Map<String, Integer> evictionFences = new LinkedHashMap<>();

    EvictionOrderRule() {
        super(
                new RuleInfo(
                        "I27",
                        Severity.POLICY,
                        Blame.DESIGN,
                        "Submission fences of an address space signal before its eviction"
                                + " fence; none is made, and nothing fetched, between eviction and"
                                + " restart.",
                        List.of(Eviction.class, Fence.class, FwCs.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case Eviction eviction -> evicted(eviction, moment);
            case Fence fence -> fenced(fence, moment);
            case FwCs cs when cs.step() == CsStep.FETCH -> {
                QueueFacts queue = machine.queueAt(cs.csg(), cs.cs());
                Integer vm = queue == null ? null : queue.group.vmId;
                Long since = vm == null ? null : evicted.get(vm);
                if (queue != null && since != null && queue.group.isUserSubmit) {
                    report(
                            List.of(queue.id(), ObjectId.of("vm", vm == null ? 0 : vm)),
                            "the firmware fetched for "
                                    + queue.title()
                                    + " although vm:"
                                    + vm
                                    + " is evicted.",
                            since,
                            moment.seq());
                }
            }
            default -> {}
        }
    }

    private void evicted(Eviction eviction, Moment moment) {
        switch (eviction.step()) {
            case SUSPENDED -> evicted.put(eviction.vmId(), moment.seq());
            case ARMED, ENDED -> {
                evicted.remove(eviction.vmId());
                String fence = eviction.fence();
                if (fence != null) {
                    evictionFences.put(fence, eviction.vmId());
                }
            }
            default -> {}
        }
    }

    private void fenced(Fence fence, Moment moment) {
        String id = ObjectId.fence(fence.context(), fence.seqno()).toString();
        if (fence.kind() == FenceKind.SUBMISSION) {
            switch (fence.step()) {
                case INIT -> {
                    open.put(id, moment.seq());
                    for (Map.Entry<Integer, Long> vm : evicted.entrySet()) {
                        report(
                                List.of(ObjectId.parse(id), ObjectId.of("vm", vm.getKey())),
                                "submission "
                                        + id
                                        + " was made while vm:"
                                        + vm.getKey()
                                        + " is evicted.",
                                vm.getValue(),
                                moment.seq());
                    }
                }
                case SIGNALED, DESTROY -> open.remove(id);
                default -> {}
            }
        } else if (fence.kind() == FenceKind.EVICTION && fence.step() == FenceStep.SIGNALED) {
            open.forEach((submission, seq) ->
                    report(
                            List.of(ObjectId.parse(id), ObjectId.parse(submission)),
                            "eviction "
                                    + id
                                    + " was signalled while submission "
                                    + submission
                                    + " was not.",
                            seq,
                            moment.seq()));
        }
    }
}
