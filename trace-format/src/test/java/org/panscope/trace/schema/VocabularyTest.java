package org.panscope.trace.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MarkEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.io.RandomTrace;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What holds for every event type, those to come included.
class VocabularyTest {
    /// Ids of an area begin with its byte.
    private static final Map<Class<?>, Integer> AREAS =
            Map.of(
                    UserEvent.class, 0x01,
                    KernelEvent.class, 0x02,
                    SchedEvent.class, 0x03,
                    FirmwareEvent.class, 0x04,
                    SyncEvent.class, 0x05,
                    FenceEvent.class, 0x06,
                    XgsEvent.class, 0x07,
                    MemoryEvent.class, 0x08,
                    MarkEvent.class, 0x09);

    private final List<RecordType> types = Vocabulary.get().types();

    @Test
    void everyAreaHasItsBlockOfIds() {
        assertEquals(
                Set.of(TraceEvent.class.getPermittedSubclasses()),
                AREAS.keySet(),
                "a new area needs a block");
        for (RecordType type : types) {
            Class<?> area = type.recordClass().getInterfaces()[0];
            assertEquals(AREAS.get(area), type.info().id() >> 8, type.info().name());
        }
    }

    @Test
    void idsAndNamesAreUnique() {
        Set<Integer> ids = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (RecordType type : types) {
            assertTrue(ids.add(type.info().id()), "id of " + type.info().name());
            assertTrue(names.add(type.info().name()), type.info().name());
        }
    }

    @Test
    void everyTypeSaysWhatHappenedAndWhereThatIsFrom() {
        Map<String, String> docs = new TreeMap<>();
        for (RecordType type : types) {
            String name = type.info().name();
            assertTrue(type.info().doc().endsWith("."), name + " has no sentence");
            assertFalse(type.info().source().isBlank(), name + " has no source");
            String twin = docs.put(type.info().doc(), name);
            assertEquals(null, twin, name + " says the same as " + twin);
        }
    }

    @Test
    void everyComponentHasAUnitAndEveryFieldItsDerivedName() {
        for (RecordType type : types) {
            RecordComponent[] components = type.recordClass().getRecordComponents();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < components.length; i++) {
                String where = type.info().name() + "." + components[i].getName();
                Field declared = components[i].getAnnotation(Field.class);
                assertNotNull(declared, where);
                FieldInfo field = type.info().fields().get(i);
                assertEquals(declared.value(), field.unit(), where);
                assertEquals(
                        components[i]
                                .getName()
                                .replaceAll("([A-Z])", "_$1")
                                .toLowerCase(Locale.ROOT),
                        field.name(),
                        where);
                boolean number = field.kind() == FieldKind.INT;
                assertTrue(number || field.unit() == Unit.NONE, where + " has a unit");
                assertEquals(field.kind() == FieldKind.ENUM, !field.labels().isEmpty(), where);
                assertEquals(field.labels().size(), new TreeSet<>(field.labels()).size(), where);
                names.add(field.name());
            }
            assertEquals(names.size(), new TreeSet<>(names).size(), type.info().name());
        }
    }

    @Test
    void namesDeriveFromRecords() {
        for (RecordType type : types) {
            String simple = type.recordClass().getSimpleName();
            String derived = simple.replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            assertEquals(derived, type.info().name());
            assertSame(type, Vocabulary.get().of(type.recordClass()));
            assertSame(type, Vocabulary.get().named(type.info().name()));
        }
    }

    @Test
    void visitingSaysTheSameAsTheValues() {
        var random = new RandomTrace(3);
        for (RecordType type : types) {
            for (int round = 0; round < 20; round++) {
                TraceEvent event = random.record(type);
                @Nullable Object[] expected = type.values(event);
                @Nullable Object[] visited = new @Nullable Object[expected.length];
                type.visit(event, new Collector(type.info(), visited));
                assertTrue(Arrays.deepEquals(expected, visited), event.toString());
            }
        }
    }

    /// Makes values of what a sink receives.
    private record Collector(EventTypeInfo type, @Nullable Object[] values) implements FieldSink {
        @Override
        public void absent(int field) {}

        @Override
        public void number(int field, long value) {
            FieldInfo info = type.fields().get(field);
            values[field] =
                    switch (info.kind()) {
                        case BOOL -> value == 1;
                        case ENUM -> info.labels().get((int) value);
                        default -> value;
                    };
        }

        @Override
        public void text(int field, String value) {
            values[field] = value;
        }

        @Override
        public void bytes(int field, byte[] value) {
            values[field] = value;
        }
    }
}
