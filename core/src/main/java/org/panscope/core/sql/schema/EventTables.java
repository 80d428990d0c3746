package org.panscope.core.sql.schema;

import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The table of all events and one table per event type, named after it: `GROUP_LIST` is
/// `group_list`, a capture's `sched:sched_switch` is `"sched:sched_switch"` and, where no other
/// system has an event of that name, `sched_switch`, too.
public final class EventTables {
    /// The part that holds [#EVENTS].
    public static final String EVENTS_PART = "events";

    /// Columns that every table of events has beside its own. A field of one of these names is
    /// `field_NAME`.
    public static final TableInfo EVENTS =
            common(new TableInfoBuilder("events", EVENTS_PART, "every event"), true);

    private static final String TYPE_PART = "type-";
    private static final String FIELD = "field_";

    private EventTables() {}

    /// A table of the events of one type.
    ///
    /// @param type position of the type in the trace
    /// @param fields column of each field of the type, by position
    /// @param shortName second name of the table, or empty
    public record TypeTable(int type, TableInfo table, List<ColumnInfo> fields, String shortName) {
        public TypeTable {
            fields = List.copyOf(fields);
        }
    }

    /// The tables of a trace's types.
    ///
    /// @param reserved names that other tables have
    public static List<TypeTable> of(List<EventTypeInfo> types, Set<String> reserved) {
        Map<String, Integer> plainNames = new TreeMap<>();
        for (EventTypeInfo type : types) {
            plainNames.merge(plainName(type), 1, Integer::sum);
            if (!plainName(type).equals(lower(type.name()))) {
                plainNames.merge(lower(type.name()), 1, Integer::sum);
            }
        }
        Set<String> used = new TreeSet<>(reserved);
        List<TypeTable> tables = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            EventTypeInfo type = types.get(i);
            String name = unique(lower(type.name()), used);
            String plain = plainName(type);
            boolean isShort =
                    !plain.equals(lower(type.name()))
                            && plainNames.getOrDefault(plain, 0) == 1
                            && used.add(plain);
            tables.add(table(i, type, name, isShort ? plain : ""));
        }
        return tables;
    }

    private static TypeTable table(int index, EventTypeInfo type, String name, String shortName) {
        TableInfoBuilder builder =
                new TableInfoBuilder(
                        name,
                        TYPE_PART + index,
                        type.doc().isEmpty() ? "events " + type.name() : type.doc());
        Set<String> used = new TreeSet<>();
        for (ColumnInfo column : EVENTS.columns()) {
            used.add(column.name());
        }
        List<ColumnInfo> fields = new ArrayList<>();
        for (FieldInfo field : type.fields()) {
            String column = lower(field.name());
            fields.add(
                    new ColumnInfo(
                            unique(used.contains(column) ? FIELD + column : column, used),
                            ColumnType.of(field),
                            doc(field)));
        }
        builder.number("seq", "number of the event, from 0").number("t", "ns since trace start");
        fields.forEach(field -> builder.column(field.name(), field.type(), field.doc()));
        return new TypeTable(index, common(builder, false), fields, shortName);
    }

    private static TableInfo common(TableInfoBuilder builder, boolean isEvents) {
        if (isEvents) {
            builder.number("seq", "number of the event, from 0")
                    .number("t", "ns since trace start")
                    .text("type", "event type")
                    .text("layer", "user, kernel, firmware, hardware, sync, fence, memory, ...");
        }
        return builder.text("track", "the row it stands on, from the outermost name")
                .number("track_id", "number of that row")
                .number("cpu", "")
                .number("pid", "thread it ran on")
                .text("comm", "name of that thread")
                .text("context", "what kind of code ran: ioctl, irq, work, ...")
                .text("locks", "locks held, joined by +")
                .number("cause", "seq of the event that made it happen")
                .flag("cause_inferred", "whether analysis found the cause, not the recorder")
                .cursor()
                .build();
    }

    private static String doc(FieldInfo field) {
        String unit = field.unit().name().toLowerCase(Locale.ROOT);
        String described = unit.equals("none") ? "" : unit;
        if (!field.labels().isEmpty()) {
            described = "one of " + String.join(", ", field.labels());
        }
        return field.doc().isEmpty() || described.isEmpty()
                ? field.doc() + described
                : described + "; " + field.doc();
    }

    private static String plainName(EventTypeInfo type) {
        return lower(type.name().substring(type.name().lastIndexOf(':') + 1));
    }

    /// SQL compares names without case.
    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String unique(String name, Set<String> used) {
        String candidate = name;
        int number = 2;
        while (!used.add(candidate)) {
            candidate = name + "_" + number++;
        }
        return candidate;
    }
}
