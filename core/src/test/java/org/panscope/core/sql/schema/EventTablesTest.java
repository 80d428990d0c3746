package org.panscope.core.sql.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;
import org.panscope.trace.schema.Vocabulary;

import java.util.List;
import java.util.Map;
import java.util.Set;

class EventTablesTest {
    private static EventTypeInfo dynamic(String name, FieldInfo... fields) {
        return EventTypeInfo.dynamic(name, Layer.HOST, List.of(fields));
    }

    private static FieldInfo field(String name, FieldKind kind, Unit unit, boolean signed) {
        return FieldInfo.dynamic(name, kind, unit, signed);
    }

    private static ColumnType typeOf(TypeTable table, String column) {
        return table.table().columns().get(table.table().columnIndex(column)).type();
    }

    @Test
    void aTypeOfTheVocabularyIsATableOfItsFields() {
        List<EventTypeInfo> types =
                Vocabulary.get().types().stream().map(type -> type.info()).toList();
        List<TypeTable> tables = EventTables.of(types, Set.of());
        assertEquals(types.size(), tables.size());
        TypeTable binds =
                tables.stream()
                        .filter(table -> table.table().name().equals("cs_status"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(ColumnType.BIGINT, typeOf(binds, "insert"));
        assertEquals(ColumnType.UBIGINT, typeOf(binds, "wait_va"));
        assertEquals(ColumnType.BOOLEAN, typeOf(binds, "wait_gt"));
        assertEquals(ColumnType.VARCHAR, typeOf(binds, "track"));
        assertEquals("", binds.shortName());
    }

    @Test
    void fieldsNamedLikeACommonColumnGiveWay() {
        TypeTable table =
                EventTables.of(
                                List.of(
                                        dynamic(
                                                "x",
                                                field("pid", FieldKind.INT, Unit.ID, true),
                                                field("Pid", FieldKind.INT, Unit.ID, true),
                                                field("raw", FieldKind.BYTES, Unit.NONE, true))),
                                Set.of())
                        .getFirst();
        assertEquals(List.of("field_pid", "field_pid_2", "raw"), names(table));
        assertEquals(ColumnType.BLOB, table.fields().getLast().column().type());
        assertEquals("cursor", table.table().columns().getLast().name());
    }

    private static List<String> names(TypeTable table) {
        return table.fields().stream().map(field -> field.column().name()).toList();
    }

    @Test
    void typesOfOneNameShareATable() {
        FieldInfo text = field("buf", FieldKind.TEXT, Unit.NONE, true);
        FieldInfo number = field("v", FieldKind.INT, Unit.NONE, true);
        FieldInfo label = field("v", FieldKind.TEXT, Unit.NONE, true);
        List<TypeTable> tables =
                EventTables.of(
                        List.of(
                                dynamic("print", text),
                                dynamic("other"),
                                dynamic("print", number, text),
                                dynamic("print", label)),
                        Set.of());
        assertEquals(2, tables.size());
        TypeTable print = tables.getFirst();
        assertEquals(List.of(0, 2, 3), print.types());
        assertEquals(List.of("buf", "v", "v_2"), names(print));
        assertEquals(Map.of(0, 0, 2, 1), print.fields().get(0).field());
        assertEquals(Map.of(3, 0), print.fields().get(2).field());
    }

    @Test
    void aForeignTypeHasAShortNameWhereThatIsClear() {
        List<TypeTable> tables =
                EventTables.of(
                        List.of(
                                dynamic("sched:sched_switch"),
                                dynamic("a:same"),
                                dynamic("b:same"),
                                dynamic("c:plain"),
                                dynamic("plain"),
                                dynamic("x:jobs"),
                                dynamic("EVENTS")),
                        Set.of("events", "jobs"));
        assertEquals(
                List.of(
                        "sched:sched_switch",
                        "a:same",
                        "b:same",
                        "c:plain",
                        "plain",
                        "x:jobs",
                        "events_2"),
                tables.stream().map(table -> table.table().name()).toList());
        assertEquals(
                List.of("sched_switch", "", "", "", "", "", ""),
                tables.stream().map(TypeTable::shortName).toList());
    }
}
