package org.panscope.core.sql.schema;

import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The table of all events and one table per event type, named after it; types of one name, as a
/// capture has for texts of several forms, share a table: `GROUP_LIST` is `group_list`, a capture's
/// `sched:sched_switch` is `"sched:sched_switch"` and, where no other system has an event of that
/// name, `sched_switch`, too.
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

    /// A table of the events of one name.
    ///
    /// @param types positions of its types in the trace
    /// @param fields its own columns
    /// @param shortName second name of the table, or empty
    public record TypeTable(
            List<Integer> types, TableInfo table, List<FieldColumn> fields, String shortName) {
        public TypeTable {
            types = List.copyOf(types);
            fields = List.copyOf(fields);
        }
    }

    /// A column of a table of events.
    ///
    /// @param field position of the field in each type that has it, by position of the type
    public record FieldColumn(ColumnInfo column, Map<Integer, Integer> field) {
        public FieldColumn {
            field = Collections.unmodifiableMap(new TreeMap<>(field));
        }
    }

    /// The tables of a trace's types.
    ///
    /// @param reserved names that other tables have
    public static List<TypeTable> of(List<EventTypeInfo> types, Set<String> reserved) {
        Map<String, List<Integer>> byName = new LinkedHashMap<>();
        for (int i = 0; i < types.size(); i++) {
            byName.computeIfAbsent(lower(types.get(i).name()), name -> new ArrayList<>()).add(i);
        }
        Map<String, Integer> plainNames = new TreeMap<>();
        for (String name : byName.keySet()) {
            plainNames.merge(plain(name), 1, Integer::sum);
        }
        Set<String> used = new TreeSet<>(reserved);
        List<TypeTable> tables = new ArrayList<>();
        byName.forEach((name, positions) -> {
            String free = unique(name, used);
            boolean isShort =
                    !plain(name).equals(name)
                            && plainNames.getOrDefault(plain(name), 0) == 1
                            && used.add(plain(name));
            tables.add(table(types, positions, free, isShort ? plain(name) : ""));
        });
        return tables;
    }

    private static TypeTable table(
            List<EventTypeInfo> types, List<Integer> positions, String name, String shortName) {
        EventTypeInfo first = types.get(positions.getFirst());
        List<FieldColumn> fields = fields(types, positions);
        TableInfoBuilder builder =
                new TableInfoBuilder(
                        name,
                        TYPE_PART + positions.getFirst(),
                        first.doc().isEmpty() ? "events " + first.name() : first.doc());
        builder.number("seq", "number of the event, from 0").number("t", "ns since trace start");
        for (FieldColumn field : fields) {
            builder.column(field.column().name(), field.column().type(), field.column().doc());
        }
        return new TypeTable(positions, common(builder, false), fields, shortName);
    }

    /// Fields of one name and type are one column.
    private static List<FieldColumn> fields(List<EventTypeInfo> types, List<Integer> positions) {
        Set<String> used = new TreeSet<>();
        EVENTS.columns().forEach(column -> used.add(column.name()));
        Map<String, ColumnInfo> columns = new LinkedHashMap<>();
        Map<String, Map<Integer, Integer>> places = new LinkedHashMap<>();
        for (int type : positions) {
            List<FieldInfo> fields = types.get(type).fields();
            for (int i = 0; i < fields.size(); i++) {
                FieldInfo field = fields.get(i);
                String key = field.name() + "\n" + ColumnType.of(field);
                places.computeIfAbsent(key, missing -> new TreeMap<>()).put(type, i);
                if (!columns.containsKey(key)) {
                    String name = lower(field.name());
                    String free = unique(isCommon(name) ? FIELD + name : name, used);
                    columns.put(key, new ColumnInfo(free, ColumnType.of(field), doc(field)));
                }
            }
        }
        List<FieldColumn> fields = new ArrayList<>();
        columns.forEach((key, column) ->
                fields.add(new FieldColumn(column, places.getOrDefault(key, Map.of()))));
        return fields;
    }

    private static boolean isCommon(String name) {
        return EVENTS.columnIndex(name) >= 0;
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

    private static String plain(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
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
