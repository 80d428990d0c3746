package org.panscope.trace.schema;

import java.util.List;

/// Description of one event type: compiled-in (made from a record by [Vocabulary]) or dynamic (made
/// by an importer from what a capture says about itself). Equal descriptions are the same type.
///
/// @param id the vocabulary's number, or 0 for a dynamic type
/// @param name `RING_WRITE` for compiled-in types, the capture's own name for dynamic ones
/// @param layer see [Layer]
/// @param fields in declaration order
/// @param doc one sentence, may be empty
/// @param source where the event comes from, may be empty
public record EventTypeInfo(
        int id, String name, Layer layer, List<FieldInfo> fields, String doc, String source) {

    public EventTypeInfo {
        fields = List.copyOf(fields);
    }

    /// A type known only from a capture.
    public static EventTypeInfo dynamic(String name, Layer layer, List<FieldInfo> fields) {
        return new EventTypeInfo(0, name, layer, fields, "", "");
    }

    public boolean isDynamic() {
        return id == 0;
    }

    /// Position of the named field, or -1.
    public int fieldIndex(String fieldName) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(fieldName)) {
                return i;
            }
        }
        return -1;
    }
}
