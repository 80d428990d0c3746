package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.io.Event;

import java.util.List;

/// What the markers of XGS queues mean; part of [Psm1Translator].
final class Psm1XgsTranslator {
    private static final long JOBS = 1_000_000;

    private final Psm1Identities ids;

    Psm1XgsTranslator(Psm1Identities ids) {
        this.ids = ids;
    }

    List<TraceEvent> queue(Event event) {
        Long queue = ids.handle(event, "xq");
        Integer file = ids.fileId(event);
        Integer handle = Psm1Fields.integer(event, "xq");
        if (queue == null || file == null || handle == null) {
            return List.of();
        }
        Long eventfd = Psm1Fields.number(event, "ev");
        Boolean hasEventfd = eventfd == null ? null : eventfd == 1;
        Integer vm = ids.vmId(event, Psm1Fields.number(event, "vm"));
        return switch (Psm1Fields.text(event, "op")) {
            // A new queue is empty.
            case "create" ->
                    List.of(
                            new XgsQueue(
                                    XgsQueueStep.CREATE,
                                    queue,
                                    handle,
                                    file,
                                    vm,
                                    hasEventfd,
                                    0,
                                    0,
                                    null));
            case "destroy" ->
                    List.of(
                            new XgsQueue(
                                    XgsQueueStep.DESTROY,
                                    queue,
                                    handle,
                                    file,
                                    vm,
                                    hasEventfd,
                                    null,
                                    null,
                                    null));
            case null, default -> List.of();
        };
    }

    /// Identity of the XGS job a marker is about, or null.
    private @Nullable Long jobId(Event event) {
        Long queue = ids.handle(event, "xq");
        Long id = Psm1Fields.number(event, "id");
        return queue == null || id == null || id < 0 || id >= JOBS ? null : queue * JOBS + id;
    }

    List<TraceEvent> job(Event event) {
        Long queue = ids.handle(event, "xq");
        Long job = jobId(event);
        Integer ops = Psm1Fields.integer(event, "n");
        return queue == null || job == null || ops == null
                ? List.of()
                : List.of(
                        new XgsJob(
                                queue,
                                job,
                                XgsJobStep.CREATED,
                                ops,
                                null,
                                0,
                                null,
                                null,
                                null,
                                null));
    }

    List<TraceEvent> operation(Event event) {
        Long job = jobId(event);
        Integer index = Psm1Fields.integer(event, "i");
        Long va = Psm1Fields.number(event, "a");
        Long operand = Psm1Fields.number(event, "v");
        XgsFormat format =
                switch (Psm1Fields.text(event, "fmt")) {
                    case "u32" -> XgsFormat.U32;
                    case "u64" -> XgsFormat.U64;
                    case null, default -> null;
                };
        if (job == null || index == null || va == null || operand == null) {
            return List.of();
        }
        XgsOpKind kind =
                switch (Psm1Fields.text(event, "op")) {
                    case "wait_le" -> XgsOpKind.WAIT_LE;
                    case "wait_gt" -> XgsOpKind.WAIT_GT;
                    case "signal_set" -> XgsOpKind.SIGNAL_SET;
                    case "signal_add" -> XgsOpKind.SIGNAL_ADD;
                    case null, default -> XgsOpKind.UNKNOWN;
                };
        return List.of(
                new XgsOp(job, index, kind, format, va, operand, null, null, null, null, null));
    }

    /// What the submit does with a syncobj: it takes a dependency, or leaves its fence there.
    List<TraceEvent> sync(Event event) {
        Integer file = ids.fileId(event);
        Integer handle = Psm1Fields.integer(event, "so");
        Long job = jobId(event);
        Long point = Psm1Fields.number(event, "pt");
        boolean isTimeline = point != null && point != 0;
        SyncobjStep step =
                switch (Psm1Fields.text(event, "op")) {
                    case "wait" -> SyncobjStep.WAIT_DEP;
                    case "signal" -> isTimeline ? SyncobjStep.ADD_POINT : SyncobjStep.REPLACE_FENCE;
                    case null, default -> null;
                };
        return file == null || handle == null || job == null || step == null
                ? List.of()
                : List.of(new Syncobj(step, file, handle, isTimeline ? point : null, null, job));
    }
}
