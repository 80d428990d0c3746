package org.panscope.core.sql.derived;

import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.io.Event;

import java.util.Map;
import java.util.TreeMap;

/// How long groups stayed on CSG slots, by BIND and UNBIND. Stays that a capture's probes tell come
/// from [CapturedRows].
final class SlotTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("slots", DerivedTables.PART, "a stay of a group on a CSG slot")
                    .number("slot", "CSG slot")
                    .number("gid", "group")
                    .number("address_space", "MMU address space of its VM")
                    .number("doorbell_id", "doorbell its queues use")
                    .place("from", "the bind")
                    .place("to", "the unbind; NULL when it stays to the end")
                    .text("state", "of the group when it left")
                    .text(
                            "group_address",
                            "of the kernel's panthor_group, which is all probes tell")
                    .cursor()
                    .build();

    private final RowOutput output;
    private final Map<Integer, Row> stays = new TreeMap<>();

    SlotTable(RowOutput output) {
        this.output = output;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(Bind.class, this::bind);
        listeners.on(Unbind.class, this::unbind);
    }

    private void bind(Event event, Bind bind) {
        if (bind.result() != 0) {
            return;
        }
        Moment from = Moment.of(event);
        Row row =
                new Row(INFO)
                        .put("slot", bind.slot())
                        .put("gid", bind.gid())
                        .put("address_space", bind.as())
                        .put("doorbell_id", bind.doorbellId())
                        .place("from", from)
                        .cursor(from);
        Row before = stays.put(bind.slot(), row);
        if (before != null) {
            before.writeTo(output);
        }
    }

    private void unbind(Event event, Unbind unbind) {
        Moment to = Moment.of(event);
        Row row = stays.remove(unbind.slot());
        if (row == null) {
            row = new Row(INFO).put("slot", unbind.slot()).put("gid", unbind.gid()).cursor(to);
        }
        row.place("to", to).put("state", unbind.state().label()).writeTo(output);
    }

    @Override
    public void finish() {
        stays.values().forEach(row -> row.writeTo(output));
    }
}
