package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.Payload;

/// How the records of an event that is text are read, as `trace-cmd report` prints them.
///
/// @param name of the event
/// @param text the field with the text, null in a file without
/// @param caller the field with the address of who wrote it, null in a file without
record MarkerPlan(String name, @Nullable TracepointField text, @Nullable TracepointField caller)
        implements EventPlan {
    private static final String TEXT = "buf";
    private static final String CALLER = "ip";

    static MarkerPlan of(TracepointFormat format) {
        TracepointField text = null;
        TracepointField caller = null;
        for (TracepointField field : format.fields()) {
            if (field.name().equals(TEXT)) {
                text = field;
            } else if (field.name().equals(CALLER)) {
                caller = field;
            }
        }
        return new MarkerPlan(format.name(), text, caller);
    }

    Payload payload(RecordFields fields, BinaryShapes shapes) {
        String line = text == null ? "" : String.valueOf(fields.uniqueText(text));
        if (line.endsWith("\n")) {
            line = line.substring(0, line.length() - 1);
        }
        return caller == null
                ? shapes.ofText(name, line)
                : shapes.ofText(name, String.valueOf(fields.symbol(caller)), line);
    }
}
