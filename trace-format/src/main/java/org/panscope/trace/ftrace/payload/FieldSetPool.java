package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.FieldInfo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The shapes found in payloads that bring their own field names. Bounded: a damaged or hostile
/// capture could invent a new shape on every line.
final class FieldSetPool {
    private static final int MAX_SHAPES = 4096;

    private final Map<List<FieldInfo>, FieldSet> known = new HashMap<>();

    /// The one object for these fields, or null when there are too many shapes already.
    @Nullable FieldSet get(List<FieldInfo> fields) {
        FieldSet found = known.get(fields);
        if (found == null && known.size() < MAX_SHAPES) {
            found = new FieldSet(fields);
            known.put(found.fields(), found);
        }
        return found;
    }
}
