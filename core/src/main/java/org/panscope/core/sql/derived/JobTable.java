package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.MemoryEvent.VmBindJob;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.io.Event;

import java.util.LinkedHashMap;
import java.util.Map;

/// Jobs of all kinds: those of queues, of XGS queues and of asynchronous VM_BIND.
final class JobTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("jobs", DerivedTables.PART, "a job of the GPU scheduler")
                    .text("kind", "queue, xgs, vm_bind; of a capture: drm_sched")
                    .number("job", "identity, never reused")
                    .number("gid", "group")
                    .number("queue", "index in the group")
                    .number("xq", "XGS queue")
                    .number("vm_id", "address space of a VM_BIND")
                    .text("ring", "of a capture: scheduler ring")
                    .text("name", "of a capture: what its events call the job")
                    .place("created", "")
                    .place("armed", "it has fences from here on")
                    .place("pushed", "it is in its entity's queue")
                    .number("dependencies", "fences it had to wait for at the head of its queue")
                    .place("run", "the driver's run callback")
                    .place("written", "its instructions are in the ring")
                    .place("done", "its end")
                    .place("freed", "")
                    .text("outcome", "done, completed, error, timeout, cancelled, abandoned")
                    .number("error", "negated errno")
                    .text("finished_fence", "object id")
                    .text("done_fence", "object id")
                    .cursor()
                    .build();

    private final RowOutput output;
    private final Map<ObjectId, Row> jobs = new LinkedHashMap<>();

    JobTable(RowOutput output) {
        this.output = output;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(Job.class, this::queueJob);
        listeners.on(XgsJob.class, this::xgsJob);
        listeners.on(VmBindJob.class, this::vmBindJob);
    }

    private void queueJob(Event event, Job job) {
        Row row = of(event, "queue", job.job()).put("gid", job.gid()).put("queue", job.queue());
        fences(row, job.finished(), job.step() == JobStep.WRITTEN ? job.fence() : null);
        step(event, row, job.step(), job.error());
        release(ObjectId.of("queue", job.job()), job.step());
    }

    private void vmBindJob(Event event, VmBindJob job) {
        Row row = of(event, "vm_bind", job.job()).put("vm_id", job.vmId());
        fences(row, job.finished(), null);
        step(event, row, job.step(), job.error());
        release(ObjectId.of("vm_bind", job.job()), job.step());
    }

    /// Nothing is heard of a freed job any more; of an XGS job there may be, as the series is
    /// posted.
    private void release(ObjectId id, JobStep step) {
        Row row = step == JobStep.FREED ? jobs.remove(id) : null;
        if (row != null) {
            row.writeTo(output);
        }
    }

    private void step(Event event, Row row, JobStep step, int error) {
        Moment moment = Moment.of(event);
        row.put("error", error);
        switch (step) {
            case CREATED -> row.first("created", moment);
            case ARMED -> row.first("armed", moment);
            case PUSHED -> row.first("pushed", moment);
            case DEP_WAIT -> waited(row);
            case RUN -> row.first("run", moment);
            case WRITTEN -> row.first("written", moment);
            case DONE -> row.first("done", moment).put("outcome", error == 0 ? "done" : "error");
            case FREED -> row.first("freed", moment);
            case DEP_ADDED -> {
                // Whether it has to wait is seen when it is at the head of its queue.
            }
        }
    }

    private void xgsJob(Event event, XgsJob job) {
        Moment moment = Moment.of(event);
        Row row = of(event, "xgs", job.job()).put("xq", job.xq());
        switch (job.step()) {
            case CREATED -> row.first("created", moment);
            case ARMED -> row.first("armed", moment);
            case PUSHED -> row.first("pushed", moment);
            case DEP_WAIT -> waited(row);
            case RUN -> row.first("run", moment);
            case BUSY -> fences(row, null, job.fence());
            case COMPLETED, ERROR, TIMEOUT, CANCELLED -> {
                if (!row.has("done_seq")) {
                    row.place("done", moment).put("outcome", job.step().label());
                }
            }
            case FREED -> row.first("freed", moment);
            case DEPS_DONE, IN_FLIGHT_PUT, REF_UNDERFLOW, PUT -> {
                // References and dependencies are no stations of a job.
            }
        }
        row.put("error", job.error());
        fences(row, job.finished(), null);
    }

    private static void waited(Row row) {
        row.put("dependencies", (row.get("dependencies") instanceof Long n ? n : 0) + 1);
    }

    private static void fences(Row row, @Nullable String finished, @Nullable String done) {
        if (finished != null) {
            row.put("finished_fence", finished);
        }
        if (done != null) {
            row.put("done_fence", done);
        }
    }

    private Row of(Event event, String kind, long job) {
        return jobs.computeIfAbsent(
                ObjectId.of(kind, job),
                id -> {
                    Row row = new Row(INFO).put("kind", kind).put("job", job);
                    return row.put("dependencies", 0L).cursor(Moment.of(event));
                });
    }

    @Override
    public void finish() {
        jobs.values().forEach(row -> row.writeTo(output));
    }
}
