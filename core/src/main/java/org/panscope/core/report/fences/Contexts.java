package org.panscope.core.report.fences;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.ProducerCheck;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsQueue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether fences were published before what signals them was under way, and what that makes of
/// each context (V3, V9, V15).
final class Contexts implements Collector {
    /// Published fences whose producers are looked for; each costs a state of the trace.
    private static final int MOST_CHECKED = 200;

    private static final int STRUCT_BYTES = 24;

    private static final class Context {
        String process = "unknown";
        long fences;
        long beforeProducer;
    }

    private record Wait(long va, boolean gt, long ref, int bytes) {}

    private record Job(int file, @Nullable Integer vm, List<Wait> waits) {}

    private final ProducerCheck producers;
    private final Map<Integer, Context> contexts = new TreeMap<>();
    private final Map<Long, XgsQueue> queues = new LinkedHashMap<>();
    private final Map<Long, Job> jobs = new LinkedHashMap<>();
    private final Map<ObjectId, Long> jobOfFence = new LinkedHashMap<>();
    private final List<String> early = new ArrayList<>();
    private long checked;
    private long withWaits;

    Contexts(ProducerCheck producers) {
        this.producers = producers;
    }

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case FileOpen open -> of(open.fileId()).process = open.process();
            case XgsQueue queue -> queues.put(queue.xq(), queue);
            case XgsJob job -> job(job);
            case Fence fence -> {
                if (fence.kind() == FenceKind.FINISHED && fence.step() == FenceStep.PUBLISH) {
                    published(step, ObjectId.fence(fence.context(), fence.seqno()));
                }
            }
            default -> {}
        }
    }

    private Context of(int file) {
        return contexts.computeIfAbsent(file, missing -> new Context());
    }

    private void job(XgsJob event) {
        XgsQueue queue = queues.get(event.xq());
        byte[] ops = event.opArray();
        if (event.step() == XgsJobStep.CREATED && queue != null && ops != null) {
            jobs.put(event.job(), new Job(queue.fileId(), queue.vmId(), waits(ops)));
        }
        String finished = event.finished();
        if (event.step() == XgsJobStep.ARMED && finished != null) {
            jobOfFence.put(ObjectId.parse(finished), event.job());
        }
        if (event.step() == XgsJobStep.FREED) {
            jobs.remove(event.job());
            jobOfFence.values().remove(event.job());
        }
    }

    private static List<Wait> waits(byte[] ops) {
        ByteBuffer bytes = ByteBuffer.wrap(ops).order(ByteOrder.LITTLE_ENDIAN);
        List<Wait> waits = new ArrayList<>();
        for (int at = 0; at + STRUCT_BYTES <= ops.length; at += STRUCT_BYTES) {
            int op = bytes.get(at + 16) & 0xff;
            if (op <= 1) {
                int width = bytes.get(at + 17) == 1 ? Long.BYTES : Integer.BYTES;
                waits.add(new Wait(bytes.getLong(at), op == 1, bytes.getLong(at + 8), width));
            }
        }
        return waits;
    }

    /// The first publication of the fence of an XGS job.
    private void published(Step step, ObjectId fence) {
        Long id = jobOfFence.remove(fence);
        Job job = id == null ? null : jobs.get(id);
        if (job == null) {
            return;
        }
        Context context = of(job.file());
        context.fences++;
        Integer vm = job.vm();
        if (job.waits().isEmpty() || vm == null) {
            return;
        }
        withWaits++;
        if (checked == MOST_CHECKED) {
            return;
        }
        checked++;
        for (Wait wait : job.waits()) {
            if (!producers.isUnderWay(
                    step.seq() + 1, vm, wait.va(), wait.gt(), wait.ref(), wait.bytes())) {
                context.beforeProducer++;
                early.add(
                        fence
                                + " of xgs-job:"
                                + id
                                + ", published at "
                                + step.at()
                                + ": 0x"
                                + Long.toHexString(wait.va())
                                + " was not "
                                + (wait.gt() ? "> " : "<= ")
                                + Long.toUnsignedString(wait.ref())
                                + ", and nothing in a ring or an XGS queue was to write it");
                break;
            }
        }
    }

    @Override
    public List<Answer> answers(long endNs) {
        if (contexts.isEmpty()) {
            String needs = "needs FILE_OPEN, XGS_JOB and FENCE events.";
            return List.of(
                    Question.V3.unanswered(needs),
                    Question.V9.unanswered(needs),
                    Question.V15.unanswered(needs));
        }
        List<String> modes = new ArrayList<>();
        contexts.forEach((file, context) ->
                modes.add(
                        context.process
                                + " (file:"
                                + file
                                + "): "
                                + (context.fences == 0
                                        ? "long-running, no fence from a value in memory"
                                        : context.beforeProducer == 0
                                                ? "fenced, "
                                                        + context.fences
                                                        + " fences, each with what it waits for"
                                                        + " under way"
                                                : "fenced, "
                                                        + context.beforeProducer
                                                        + " of its fences depend on work that"
                                                        + " was not submitted")));
        long broken =
                contexts.values().stream().filter(context -> context.beforeProducer > 0).count();
        return List.of(
                Question.V3.answered(
                        "An XGS job publishes its fence when it is submitted, before any WAIT is"
                                + " looked at. "
                                + "Fences with WAITs looked at: "
                                + checked
                                + (withWaits > checked ? " of " + withWaits : "")
                                + "; published before what satisfies their WAITs was under way: "
                                + early.size()
                                + ".",
                        Words.some(early)),
                Question.V9.answered(
                        "Contexts: "
                                + contexts.size()
                                + "; with fences that depend on work not submitted: "
                                + broken
                                + ".",
                        Words.some(modes)),
                Question.V15.answered(
                        early.isEmpty()
                                ? "In this trace yes: whatever a published fence waited for was"
                                        + " under way."
                                : "No: "
                                        + Words.of(early.size(), "published fence")
                                        + " depended on work that only the application could"
                                        + " submit."));
    }
}
