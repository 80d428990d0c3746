package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.SchedEvent.TimerStep;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.event.XgsEvent.XgsTimer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I20. The recheck of the series makes -ETIMEDOUT of every error.
final class XgsErrorRule extends Rule {
    private static final int TIMED_OUT = -110;
    private static final int CANCELED = -125;
    private static final int BUSY = -16;

    /// Job to what is known of it: first error, the event of it, when it began to run, xq.
    private final Map<Long, long[]> jobs = new LinkedHashMap<>();

    private final Map<Long, Long> fired = new LinkedHashMap<>();

    /// The error state of each queue that has one: its jobs inherit it.
    private final Map<Long, Integer> inherited = new LinkedHashMap<>();

    XgsErrorRule() {
        super(
                new RuleInfo(
                        "I20",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "The error of an XGS job's fence is that of its first failed"
                                + " operation; -ETIMEDOUT stands for a timeout and -ECANCELED for a"
                                + " destroyed queue, and for nothing else.",
                        List.of(
                                Fence.class,
                                XgsOp.class,
                                XgsJob.class,
                                XgsTimer.class,
                                XgsQueue.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case XgsQueue queue -> {
                Integer error = queue.error();
                if (queue.step() == XgsQueueStep.ERROR_STATE && error != null) {
                    inherited.put(queue.xq(), error);
                }
            }
            case XgsJob job -> {
                if (job.step() == XgsJobStep.RUN) {
                    jobs.put(job.job(), new long[] {0, -1, moment.seq(), job.xq()});
                } else if (job.step() == XgsJobStep.FREED) {
                    jobs.remove(job.job());
                }
            }
            case XgsOp op -> {
                long[] known = jobs.get(op.job());
                Integer result = op.result();
                if (known != null
                        && known[0] == 0
                        && result != null
                        && result < 0
                        && result != BUSY
                        && !Boolean.TRUE.equals(op.skipped())) {
                    known[0] = result;
                    known[1] = moment.seq();
                }
            }
            case XgsTimer timer -> {
                if (timer.step() == TimerStep.FIRE) {
                    fired.put(timer.xq(), moment.seq());
                }
            }
            case Fence fence -> {
                if (fence.kind() == FenceKind.FINISHED && fence.step() == FenceStep.SIGNALED) {
                    signaled(fence, moment, machine);
                }
            }
            default -> {}
        }
    }

    private void signaled(Fence fence, Moment moment, Machine machine) {
        Long job = fence.job();
        Integer told = fence.error();
        long[] known = job == null ? null : jobs.get(job);
        if (known == null || job == null || told == null) {
            return;
        }
        boolean isTimeout = fired.getOrDefault(known[3], -1L) > known[2];
        XgsQueueFacts queue = machine.xgsQueues.get(known[3]);
        boolean isDestroyed = queue == null || queue.destroyedSeq >= 0;
        String wrong = "";
        if (known[0] != 0 && told != known[0] && !(isTimeout && told == TIMED_OUT)) {
            wrong = "although its operations failed with " + known[0];
        } else if (inherited.getOrDefault(known[3], 0) == (int) told) {
            return;
        } else if (known[0] == 0 && told != 0 && told != TIMED_OUT && told != CANCELED) {
            wrong = "although none of its operations failed";
        } else if (told == TIMED_OUT && !isTimeout && known[0] != TIMED_OUT) {
            wrong = "although nothing timed out";
        } else if (told == CANCELED && !isDestroyed) {
            wrong = "although its queue was not destroyed";
        }
        if (!wrong.isEmpty()) {
            report(
                    List.of(
                            ObjectId.of("xgs-job", job),
                            ObjectId.fence(fence.context(), fence.seqno())),
                    "the fence of XGS job " + job + " carries error " + told + " " + wrong + ".",
                    known[1],
                    moment.seq());
        }
    }
}
