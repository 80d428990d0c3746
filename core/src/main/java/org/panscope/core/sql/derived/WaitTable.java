package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.core.state.view.BlockedReason;
import org.panscope.trace.event.FenceEvent.SyncobjWait;
import org.panscope.trace.event.FenceEvent.WaitStep;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.io.Event;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/// Everybody who waited: blocked command streams, WAIT operations of XGS jobs, threads in a syncobj
/// wait, and applications in a wait of their own.
final class WaitTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("waits", DerivedTables.PART, "a wait")
                    .text("kind", "stream, xgs, syncobj, application; of a capture: fence")
                    .text("reason", "of a stream: why it blocks; of an application: what it uses")
                    .text("object", "object id waited for, where known")
                    .number("gid", "group that waits")
                    .number("queue", "its queue")
                    .number("csg", "CSG slot of a stream")
                    .number("cs", "its CS interface")
                    .number("job", "XGS job")
                    .number("pid", "thread that waits")
                    .address("va", "address of the sync object")
                    .text("condition", "> or <=")
                    .number("ref", "value compared with")
                    .place("from", "")
                    .place("to", "its end; NULL when it waits to the end")
                    .text("ended_by", "what ended it: unblock, suspend, end, ...")
                    .number("result", "errno it returned")
                    .cursor()
                    .build();

    private final RowOutput output;
    private final Residency residency;
    private final Map<String, Row> open = new TreeMap<>();

    WaitTable(RowOutput output, Residency residency) {
        this.output = output;
        this.residency = residency;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(FwCs.class, this::stream);
        listeners.on(XgsOp.class, this::operation);
        listeners.on(XgsJob.class, this::xgsJob);
        listeners.on(SyncobjWait.class, this::syncobj);
        listeners.on(UserWaitBegin.class, this::userBegins);
        listeners.on(UserWaitEnd.class, this::userEnds);
    }

    private void stream(Event event, FwCs step) {
        String key = "stream " + step.csg() + "." + step.cs();
        if (step.step() == CsStep.BLOCK) {
            end(key, event, "block", null);
            @Nullable Long gid = residency.groupOn(step.csg());
            Integer reason = step.blockedReason();
            begin(key, event, "stream")
                    .put("reason", reason == null ? null : BlockedReason.name(reason))
                    .put("gid", gid)
                    .put("queue", gid == null ? null : step.cs())
                    .put("csg", step.csg())
                    .put("cs", step.cs())
                    .put("va", step.waitVa())
                    .put("condition", condition(step.waitGt()))
                    .put("ref", step.waitRef());
        } else if (step.step() == CsStep.UNBLOCK
                || step.step() == CsStep.STOP
                || step.step() == CsStep.SUSPEND
                || step.step() == CsStep.START) {
            end(key, event, step.step().label(), null);
        }
    }

    /// A WAIT that is tried and not satisfied waits until it is tried with success, or skipped.
    private void operation(Event event, XgsOp operation) {
        boolean isWait = operation.op() == XgsOpKind.WAIT_GT || operation.op() == XgsOpKind.WAIT_LE;
        Integer result = operation.result();
        if (!isWait || result == null) {
            return;
        }
        String key = xgsKey(operation.job()) + operation.index();
        boolean isSkipped = Boolean.TRUE.equals(operation.skipped());
        if (result == 0 || isSkipped) {
            end(key, event, isSkipped ? "skipped" : "satisfied", result);
        } else if (!open.containsKey(key)) {
            begin(key, event, "xgs")
                    .put("job", operation.job())
                    .put("va", operation.va())
                    .put("condition", condition(operation.op() == XgsOpKind.WAIT_GT))
                    .put("ref", operation.operand());
        }
    }

    private void xgsJob(Event event, XgsJob job) {
        switch (job.step()) {
            case COMPLETED, ERROR, TIMEOUT, CANCELLED, FREED -> {
                for (String key : new ArrayList<>(open.keySet())) {
                    if (key.startsWith(xgsKey(job.job()))) {
                        end(key, event, job.step().label(), job.error());
                    }
                }
            }
            default -> {
                // The job goes on.
            }
        }
    }

    private static String xgsKey(long job) {
        return "xgs " + job + ".";
    }

    private void syncobj(Event event, SyncobjWait wait) {
        String key = "syncobj " + wait.pid() + " " + wait.syncobj() + " " + wait.point();
        if (wait.step() == WaitStep.BEGIN) {
            begin(key, event, "syncobj")
                    .put("object", "syncobj:" + wait.fileId() + "." + wait.handle())
                    .put("pid", wait.pid())
                    .put("ref", wait.point());
        } else {
            end(key, event, "end", wait.result());
        }
    }

    private void userBegins(Event event, UserWaitBegin wait) {
        begin(userKey(event, wait.object()), event, "application")
                .put("reason", wait.kind().label())
                .put("object", wait.object())
                .put("pid", pid(event));
    }

    private void userEnds(Event event, UserWaitEnd wait) {
        Integer result = wait.result();
        end(userKey(event, wait.object()), event, "end", result);
    }

    private static String userKey(Event event, String object) {
        return "user " + pid(event) + " " + object;
    }

    private static @Nullable Long pid(Event event) {
        return event.header().pid() < 0 ? null : (long) event.header().pid();
    }

    private static @Nullable String condition(@Nullable Boolean isGreater) {
        return isGreater == null ? null : isGreater ? ">" : "<=";
    }

    private Row begin(String key, Event event, String kind) {
        Moment from = Moment.of(event);
        Row row = new Row(INFO).put("kind", kind).place("from", from).cursor(from);
        Row before = open.put(key, row);
        if (before != null) {
            before.writeTo(output);
        }
        return row;
    }

    private void end(String key, Event event, String by, @Nullable Integer result) {
        Row row = open.remove(key);
        if (row != null) {
            row.place("to", Moment.of(event))
                    .put("ended_by", by)
                    .put("result", result)
                    .writeTo(output);
        }
    }

    @Override
    public void finish() {
        open.values().forEach(row -> row.writeTo(output));
    }
}
