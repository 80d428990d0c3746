package org.panscope.trace.schema;

import java.util.List;

/// One field of an event type, as files describe it.
///
/// @param name snake case, unique within the type
/// @param kind how values are stored
/// @param unit what numbers mean; [Unit#NONE] for everything else
/// @param signed for [FieldKind#INT]: whether negative values are meant; otherwise the 64 bits are
///   unsigned
/// @param optional whether a value may be absent
/// @param labels for [FieldKind#ENUM] the labels in ordinal order, else empty
/// @param doc one sentence, may be empty
public record FieldInfo(
        String name,
        FieldKind kind,
        Unit unit,
        boolean signed,
        boolean optional,
        List<String> labels,
        String doc) {

    public FieldInfo {
        labels = List.copyOf(labels);
    }

    /// A field of a dynamic type: always optional, without documentation.
    public static FieldInfo dynamic(String name, FieldKind kind, Unit unit, boolean signed) {
        return new FieldInfo(name, kind, unit, signed, true, List.of(), "");
    }
}
