package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.io.Event;

import java.util.Map;
import java.util.TreeMap;

/// Every queue, and how far it came.
final class QueueTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("queues", DerivedTables.PART, "a queue of a group")
                    .number("gid", "group")
                    .number("queue", "index in the group")
                    .number("priority", "")
                    .address("ring_va", "address of the ring buffer")
                    .number("ring_size", "bytes")
                    .number("ring_bo", "buffer object of the ring")
                    .number("io_bo", "buffer object of the input and output pages")
                    .number("fence_context", "context of the job done fences")
                    .place("created", "")
                    .number("insert_writes", "how often INSERT was stored")
                    .number("insert", "last value stored, bytes")
                    .number("extract", "last value seen, bytes")
                    .cursor()
                    .build();

    private final RowOutput output;
    private final Residency residency;
    private final Map<ObjectId, Row> queues = new TreeMap<>();

    QueueTable(RowOutput output, Residency residency) {
        this.output = output;
        this.residency = residency;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(QueueCreated.class, this::created);
        listeners.on(InsertWrite.class, this::inserted);
        listeners.on(FwCs.class, this::firmware);
        listeners.on(
                CsStatus.class,
                (event, status) ->
                        of(event, status.gid(), status.queue()).put("extract", status.extract()));
    }

    private void created(Event event, QueueCreated queue) {
        of(event, queue.gid(), queue.queue())
                .put("priority", queue.priority())
                .put("ring_va", queue.ringVa())
                .put("ring_size", queue.ringSize())
                .put("ring_bo", queue.ringBo())
                .put("io_bo", queue.ioBo())
                .put("fence_context", queue.fenceContext())
                .first("created", Moment.of(event));
    }

    private void inserted(Event event, InsertWrite write) {
        Row row = of(event, write.gid(), write.queue()).put("insert", write.newInsert());
        row.put("insert_writes", (row.get("insert_writes") instanceof Long count ? count : 0) + 1);
    }

    private void firmware(Event event, FwCs step) {
        @Nullable Long gid = residency.groupOn(step.csg());
        if (gid != null && step.extract() != null) {
            of(event, gid, step.cs()).put("extract", step.extract());
        }
    }

    private Row of(Event event, long gid, int queue) {
        return queues.computeIfAbsent(
                ObjectId.queue(gid, queue),
                id -> {
                    Row row = new Row(INFO).put("gid", gid).put("queue", queue);
                    return row.put("insert_writes", 0L).cursor(Moment.of(event));
                });
    }

    @Override
    public void finish() {
        queues.values().forEach(row -> row.writeTo(output));
    }
}
