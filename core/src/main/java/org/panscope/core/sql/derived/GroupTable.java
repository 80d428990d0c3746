package org.panscope.core.sql.derived;

import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.GroupDestroy;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.io.Event;

import java.util.Map;
import java.util.TreeMap;

/// Every group, from its creation to its release.
final class GroupTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("groups", DerivedTables.PART, "a group")
                    .number("gid", "identity of the group, never reused")
                    .number("handle", "in its file")
                    .number("file_id", "")
                    .text("process", "that opened the file")
                    .number("vm_id", "")
                    .flag("user_submit", "whether the application rings doorbells itself")
                    .number("priority", "0 LOW, 1 MEDIUM, 2 HIGH, 3 REALTIME")
                    .number("queue_count", "")
                    .flag("has_eventfd", "")
                    .place("created", "first step of the creation")
                    .place("destroyed", "it lost its handle")
                    .place("released", "its memory was freed")
                    .text("state", "last one the kernel saw")
                    .text("terminated", "why, where it was")
                    .cursor()
                    .build();

    private final RowOutput output;
    private final Map<Long, Row> groups = new TreeMap<>();
    private final Map<Integer, String> processes = new TreeMap<>();

    GroupTable(RowOutput output) {
        this.output = output;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(FileOpen.class, (event, open) -> processes.put(open.fileId(), open.process()));
        listeners.on(GroupCreateStep.class, this::created);
        listeners.on(
                GroupDestroy.class,
                (event, destroy) -> of(event, destroy.gid()).first("destroyed", Moment.of(event)));
        listeners.on(
                GroupRelease.class,
                (event, release) -> of(event, release.gid()).first("released", Moment.of(event)));
        listeners.on(
                GroupState.class,
                (event, state) -> of(event, state.gid()).put("state", state.newState().label()));
        listeners.on(
                Term.class,
                (event, term) -> of(event, term.gid()).put("terminated", term.reason().label()));
    }

    private void created(Event event, GroupCreateStep step) {
        Row row = of(event, step.gid()).first("created", Moment.of(event));
        keep(row, "handle", step.handle());
        keep(row, "vm_id", step.vmId());
        keep(row, "user_submit", step.userSubmit());
        keep(row, "priority", step.priority());
        keep(row, "has_eventfd", step.hasEventfd());
        row.put("file_id", step.fileId())
                .put("process", processes.get(step.fileId()))
                .put("queue_count", step.queueCount());
    }

    private static void keep(
            Row row, String column, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            row.put(column, value);
        }
    }

    private Row of(Event event, long gid) {
        return groups.computeIfAbsent(
                gid, id -> new Row(INFO).put("gid", id).cursor(Moment.of(event)));
    }

    @Override
    public void finish() {
        groups.values().forEach(row -> row.writeTo(output));
    }
}
