package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.ftrace.payload.Payload;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns records into events of the trace, by the formats in the file. An event whose text Panscope
/// knows gets the fields its text has, and behind them what text does not show.
final class RecordDecoder {
    /// Name of the column for an instance's name, as in text.
    private static final String BUFFER = "buffer";

    private static final FieldInfo RAW =
            FieldInfo.dynamic("raw", FieldKind.BYTES, Unit.NONE, false);

    /// An event of the trace.
    ///
    /// @param values one for each field
    record Decoded(EventTypeInfo type, @Nullable Object[] values) {}

    private final DatContents contents;
    private final BinaryShapes shapes = new BinaryShapes();
    private final Map<Integer, RecordPlan> plans = new HashMap<>();
    private final Map<TextKey, EventTypeInfo> textTypes = new HashMap<>();
    private final Map<Integer, EventTypeInfo> unknownTypes = new HashMap<>();

    private record TextKey(String name, FieldSet fields, boolean instance) {}

    RecordDecoder(DatContents contents) {
        this.contents = contents;
    }

    /// @param id what the record begins with
    /// @param instance name of the buffer, empty for the top one
    Decoded decode(int id, DatBytes bytes, long at, int length, String instance)
            throws DatFormatException {
        TracepointFormat format = contents.formats.get(id);
        if (format == null) {
            return unknown(id, bytes, at, length);
        }
        if (RecordPlan.isText(format)) {
            return text(format, bytes, at, length, instance);
        }
        boolean hasInstance = !instance.isEmpty();
        RecordPlan plan = plans.get(hasInstance ? ~id : id);
        if (plan == null) {
            plan = RecordPlan.of(format, shapes, contents, hasInstance ? BUFFER : null);
            plans.put(hasInstance ? ~id : id, plan);
        }
        return new Decoded(plan.type(), plan.values(bytes, at, length, instance));
    }

    private Decoded unknown(int id, DatBytes bytes, long at, int length) throws DatFormatException {
        EventTypeInfo type =
                unknownTypes.computeIfAbsent(
                        id,
                        missing -> TracepointTypes.captured("unknown_" + missing, List.of(RAW)));
        return new Decoded(type, new @Nullable Object[] {bytes.array(at, length)});
    }

    /// A marker, as `trace-cmd report` prints it.
    private Decoded text(
            TracepointFormat format, DatBytes bytes, long at, int length, String instance)
            throws DatFormatException {
        RecordFields fields = new RecordFields(contents, bytes, at, length);
        String buf = "";
        String caller = "";
        for (TracepointField field : format.fields()) {
            if (field.name().equals("buf")) {
                buf = String.valueOf(fields.text(field));
            } else if (field.name().equals("ip")) {
                caller = fields.symbol(field) + ": ";
            }
        }
        String line = caller + (buf.endsWith("\n") ? buf.substring(0, buf.length() - 1) : buf);
        Payload payload = shapes.ofText(format.name(), line);
        boolean hasInstance = !instance.isEmpty();
        EventTypeInfo type =
                textTypes.computeIfAbsent(
                        new TextKey(format.name(), payload.fields(), hasInstance),
                        key -> textType(key.name(), key.fields().fields(), key.instance()));
        @Nullable Object[] values = payload.values();
        if (hasInstance) {
            values = Arrays.copyOf(values, values.length + 1);
            values[values.length - 1] = instance;
        }
        return new Decoded(type, values);
    }

    private static EventTypeInfo textType(String name, List<FieldInfo> own, boolean instance) {
        List<FieldInfo> fields = new ArrayList<>(own);
        if (instance) {
            fields.add(FieldInfo.dynamic(BUFFER, FieldKind.TEXT, Unit.NONE, false));
        }
        return TracepointTypes.captured(name, fields);
    }
}
