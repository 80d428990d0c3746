package org.panscope.trace.schema;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every compiled-in event type, derived from the records permitted by [TraceEvent]. Nothing is
/// listed twice: a new record is in files, JSON, filters and documents as soon as it compiles.
public final class Vocabulary {
    private static final Vocabulary INSTANCE = new Vocabulary();

    private final List<RecordType> types;
    private final Map<Class<?>, RecordType> byClass = new LinkedHashMap<>();
    private final Map<String, RecordType> byName = new LinkedHashMap<>();

    private Vocabulary() {
        List<RecordType> found = new ArrayList<>();
        collect(TraceEvent.class, found);
        found.sort(Comparator.comparingInt(type -> type.info().id()));
        types = Collections.unmodifiableList(found);
        for (RecordType type : types) {
            byClass.put(type.recordClass(), type);
            if (byName.put(type.info().name(), type) != null) {
                throw new IllegalStateException("two event types are named " + type.info().name());
            }
        }
    }

    public static Vocabulary get() {
        return INSTANCE;
    }

    /// All types, by id.
    public List<RecordType> types() {
        return types;
    }

    /// The type of a record class.
    ///
    /// @throws IllegalArgumentException if the class is no event record
    public RecordType of(Class<?> recordClass) {
        RecordType type = byClass.get(recordClass);
        if (type == null) {
            throw new IllegalArgumentException(
                    "class=" + recordClass.getName() + " is no event record");
        }
        return type;
    }

    /// The type with this name, or null.
    public @Nullable RecordType named(String name) {
        return byName.get(name);
    }

    /// The record for values read under a file's own description of the type; fields are matched by
    /// name and kind, so older and newer files work. Null when the type is dynamic or unknown here,
    /// or lacks a value that is not optional.
    public @Nullable TraceEvent toRecord(EventTypeInfo fileType, @Nullable Object[] values) {
        if (fileType.isDynamic()) {
            return null;
        }
        RecordType type = byName.get(fileType.name());
        if (type == null || type.info().id() != fileType.id()) {
            return null;
        }
        if (type.info().fields().equals(fileType.fields())) {
            return type.create(values);
        }
        @Nullable Object[] arranged = new Object[type.info().fields().size()];
        for (int i = 0; i < arranged.length; i++) {
            FieldInfo field = type.info().fields().get(i);
            int from = fileType.fieldIndex(field.name());
            boolean sameKind = from >= 0 && fileType.fields().get(from).kind() == field.kind();
            arranged[i] = sameKind ? values[from] : null;
        }
        return type.create(arranged);
    }

    private static void collect(Class<?> sealedType, List<RecordType> into) {
        Class<?>[] permitted = sealedType.getPermittedSubclasses();
        if (permitted == null) {
            throw new IllegalStateException(
                    sealedType.getName() + " is neither sealed nor a record");
        }
        for (Class<?> candidate : Arrays.asList(permitted)) {
            if (candidate.isRecord()) {
                into.add(new RecordType(candidate.asSubclass(TraceEvent.class)));
            } else {
                collect(candidate, into);
            }
        }
    }
}
