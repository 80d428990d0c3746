package org.panscope.core.report.fences;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FenceEvent.Resv;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.SchedEvent.Bind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What user queues execute without a fence in their address space, and how long they stay blocked
/// with no timer (V11, V16).
final class Execution implements Collector {
    private static final int SYNC_WAIT = 3;
    private static final long BLOCKED_FOREVER_NS = 5_000_000_000L;

    private static final class Queue {
        long vm = -1;
        @Nullable Step activeFrom;

        /// Since when it executes with no fence to cover it.
        long bareFrom = -1;

        @Nullable Step blockedFrom;
    }

    private final Map<Long, Boolean> isUser = new LinkedHashMap<>();
    private final Map<Long, Long> vmOfGroup = new LinkedHashMap<>();
    private final Map<Integer, Long> groupOnSlot = new LinkedHashMap<>();
    private final Map<ObjectId, Queue> queues = new LinkedHashMap<>();
    private final Map<Long, Set<ObjectId>> fencesOfVm = new LinkedHashMap<>();
    private final Set<ObjectId> signaled = new LinkedHashSet<>();
    private final Durations executed = new Durations();
    private final Durations bare = new Durations();
    private final List<String> longestBare = new ArrayList<>();
    private final List<String> blocked = new ArrayList<>();
    private long longest = -1;
    private boolean hasStreams;

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case GroupCreateStep create -> {
                if (Boolean.TRUE.equals(create.userSubmit())) {
                    isUser.put(create.gid(), true);
                }
                if (create.vmId() != null) {
                    vmOfGroup.put(create.gid(), (long) create.vmId());
                }
            }
            case GroupRelease release -> release(release.gid(), step);
            case Bind bind -> groupOnSlot.put(bind.slot(), bind.gid());
            case FwCs stream -> stream(step, stream);
            case Resv resv -> reserve(step, resv);
            case Fence fence -> {
                if (fence.step() == FenceStep.SIGNALED) {
                    signal(step, ObjectId.fence(fence.context(), fence.seqno()));
                }
            }
            default -> {}
        }
    }

    private void stream(Step step, FwCs stream) {
        Long gid = groupOnSlot.get(stream.csg());
        if (gid == null || !isUser.containsKey(gid)) {
            return;
        }
        hasStreams = true;
        Queue queue =
                queues.computeIfAbsent(ObjectId.queue(gid, stream.cs()), missing -> new Queue());
        queue.vm = vmOfGroup.getOrDefault(gid, -1L);
        Boolean active = stream.active();
        if (active != null) {
            activity(step, queue, active, ObjectId.queue(gid, stream.cs()));
        }
        if (stream.step() == CsStep.BLOCK
                && Integer.valueOf(SYNC_WAIT).equals(stream.blockedReason())) {
            queue.blockedFrom = step;
        } else if (stream.step() == CsStep.UNBLOCK || stream.step() == CsStep.FETCH) {
            unblock(ObjectId.queue(gid, stream.cs()), queue, step.timeNs(), "until " + step.at());
        }
    }

    private void activity(Step step, Queue queue, boolean active, ObjectId id) {
        Step from = queue.activeFrom;
        if (active && from == null) {
            queue.activeFrom = step;
            queue.bareFrom = isCovered(queue.vm) ? -1 : step.timeNs();
        } else if (!active && from != null) {
            executed.add(step.timeNs() - from.timeNs());
            endBare(queue, step.timeNs(), id);
            queue.activeFrom = null;
        }
    }

    private boolean isCovered(long vm) {
        return !fencesOfVm.getOrDefault(vm, Set.of()).isEmpty();
    }

    private void endBare(Queue queue, long nowNs, ObjectId id) {
        if (queue.bareFrom >= 0 && nowNs > queue.bareFrom) {
            long length = nowNs - queue.bareFrom;
            bare.add(length);
            if (length > longest) {
                longest = length;
                longestBare.clear();
                longestBare.add(
                        "longest: "
                                + id
                                + ", "
                                + Words.duration(length)
                                + " from @"
                                + queue.bareFrom
                                + "ns");
            }
        }
        queue.bareFrom = -1;
    }

    private void reserve(Step step, Resv resv) {
        if (!resv.owner().startsWith("vm:")) {
            return;
        }
        ObjectId fence = ObjectId.parse(resv.fence());
        if (signaled.contains(fence)) {
            return;
        }
        long vm = Long.parseLong(resv.owner().substring(3));
        fencesOfVm.computeIfAbsent(vm, missing -> new LinkedHashSet<>()).add(fence);
        queues.forEach((id, queue) -> {
            if (queue.vm == vm) {
                endBare(queue, step.timeNs(), id);
            }
        });
    }

    private void signal(Step step, ObjectId fence) {
        for (Map.Entry<Long, Set<ObjectId>> entry : fencesOfVm.entrySet()) {
            if (entry.getValue().remove(fence) && entry.getValue().isEmpty()) {
                for (Queue queue : queues.values()) {
                    if (queue.vm == entry.getKey() && queue.activeFrom != null) {
                        queue.bareFrom = step.timeNs();
                    }
                }
            }
        }
    }

    private void unblock(ObjectId id, Queue queue, long nowNs, String until) {
        Step from = queue.blockedFrom;
        if (from != null && nowNs - from.timeNs() > BLOCKED_FOREVER_NS) {
            blocked.add(
                    id
                            + " blocked at a SYNC_WAIT from "
                            + from.at()
                            + " "
                            + until
                            + ", "
                            + Words.duration(nowNs - from.timeNs())
                            + ", with no timer");
        }
        queue.blockedFrom = null;
    }

    private void release(long gid, Step step) {
        queues.entrySet()
                .removeIf(entry -> {
                    boolean isOf = entry.getKey().key().startsWith(gid + ".");
                    if (isOf) {
                        unblock(
                                entry.getKey(),
                                entry.getValue(),
                                step.timeNs(),
                                "until its group was released at " + step.at());
                    }
                    return isOf;
                });
        groupOnSlot.values().removeIf(bound -> bound == gid);
        isUser.remove(gid);
        vmOfGroup.remove(gid);
    }

    @Override
    public List<Answer> answers(long endNs) {
        if (!hasStreams) {
            String needs = "needs FW_CS events of user-submit groups.";
            return List.of(Question.V11.unanswered(needs), Question.V16.unanswered(needs));
        }
        queues.forEach((id, queue) -> {
            Step from = queue.activeFrom;
            if (from != null) {
                executed.add(endNs - from.timeNs());
            }
            endBare(queue, endNs, id);
            unblock(id, queue, endNs, "to the end of the trace");
        });
        return List.of(
                Question.V11.answered(
                        "User queues were active for "
                                + Words.duration(executed.sum())
                                + "; for "
                                + Words.duration(bare.sum())
                                + " of that ("
                                + Words.share(bare.sum(), executed.sum())
                                + ") no fence in their address space covered them, in "
                                + Words.of(bare.count(), "interval")
                                + ".",
                        longestBare),
                Question.V16.answered(
                        blocked.isEmpty()
                                ? "No user queue was blocked for more than 5 s. None of them has a"
                                        + " timer that would end it."
                                : Words.of(blocked.size(), "user queue")
                                        + " stayed blocked for more than 5 s, and no timer ended"
                                        + " it.",
                        Words.some(blocked)));
    }
}
