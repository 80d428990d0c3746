package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.ftrace.payload.Payload;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.FieldRow;
import org.panscope.trace.schema.FieldSink;
import org.panscope.trace.schema.Unit;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns records into events of the trace, by the formats in the file. An event whose text Panscope
/// knows gets the fields its text has, and behind them what text does not show.
final class RecordDecoder {
    private static final int IDS = 1 << 16;
    private static final FieldInfo RAW =
            FieldInfo.dynamic("raw", FieldKind.BYTES, Unit.NONE, false);

    private final DatContents contents;
    private final RecordFields fields;
    private final PlannedRow planned = new PlannedRow();
    private final BinaryShapes shapes = new BinaryShapes();
    private final @Nullable EventPlan[] topPlans = newPlans();
    private final Map<String, @Nullable EventPlan[]> plansOfInstances = new HashMap<>();
    private final Map<TextKey, EventTypeInfo> textTypes = new HashMap<>();
    private final Map<Integer, EventTypeInfo> unknownTypes = new HashMap<>();

    private record TextKey(String name, FieldSet fields, boolean instance) {}

    RecordDecoder(DatContents contents) {
        this.contents = contents;
        fields = new RecordFields(contents);
    }

    /// The event of a record; valid until the next one.
    ///
    /// @param id what the record begins with
    /// @param instance name of the buffer, empty for the top one
    FieldRow decode(int id, RecordBytes page, int at, int length, String instance) {
        fields.set(page, at, length);
        @Nullable EventPlan[] plans =
                instance.isEmpty()
                        ? topPlans
                        : plansOfInstances.computeIfAbsent(instance, name -> newPlans());
        EventPlan plan = plans[id];
        if (plan == null) {
            TracepointFormat format = contents.formats.get(id);
            if (format == null) {
                return unknown(id);
            }
            String printed = binaryText(format);
            if (printed != null) {
                String line =
                        printed.endsWith("\n")
                                ? printed.substring(0, printed.length() - 1)
                                : printed;
                return text(format.name(), shapes.ofText(format.name(), line), instance);
            }
            plan =
                    RecordPlan.isText(format)
                            ? MarkerPlan.of(format)
                            : RecordPlan.of(format, shapes, instance);
            plans[id] = plan;
        }
        if (plan instanceof RecordPlan record) {
            planned.plan = record;
            return planned;
        }
        MarkerPlan marker = (MarkerPlan) plan;
        return text(marker.name(), marker.payload(fields, shapes), instance);
    }

    private static @Nullable EventPlan[] newPlans() {
        return new @Nullable EventPlan[IDS];
    }

    /// The record at hand, by its plan.
    private final class PlannedRow implements FieldRow {
        private @Nullable RecordPlan plan;

        private RecordPlan plan() {
            RecordPlan current = plan;
            if (current == null) {
                throw new IllegalStateException("no record yet");
            }
            return current;
        }

        @Override
        public EventTypeInfo type() {
            return plan().type();
        }

        @Override
        public void visit(FieldSink sink) {
            plan().visit(fields, sink);
        }

        @Override
        public @Nullable Object value(int field) {
            return plan().value(fields, field);
        }

        @Override
        public boolean has(int field) {
            return plan().has(fields, field);
        }

        @Override
        public long number(int field) {
            return plan().number(fields, field);
        }
    }

    private FieldRow unknown(int id) {
        EventTypeInfo type =
                unknownTypes.computeIfAbsent(
                        id,
                        missing -> TracepointTypes.captured("unknown_" + missing, List.of(RAW)));
        return FieldRow.of(type, (Object) fields.all());
    }

    /// What a record of `trace_printk` says whose format or text is not in the record but in the
    /// file; null for any other, and when it is not there either.
    private @Nullable String binaryText(TracepointFormat format) {
        boolean isFormat = format.name().equals("bprint");
        if (!isFormat && !format.name().equals("bputs")) {
            return null;
        }
        String caller = "";
        Long address = null;
        byte[] arguments = {};
        for (TracepointField field : format.fields()) {
            switch (field.name()) {
                case "ip" -> caller = fields.symbol(field) + ": ";
                case "fmt", "str" -> address = fields.number(field);
                case "buf" -> arguments = fields.allFrom(field.offset());
                default -> {}
            }
        }
        if (address == null) {
            return null;
        }
        int longBytes = contents.layout.commitBytes();
        boolean big = contents.file.order() == ByteOrder.BIG_ENDIAN;
        String text =
                isFormat
                        ? contents.binaryPrint.text(
                                address, arguments, big, longBytes, contents.symbols)
                        : contents.binaryPrint.plain(address);
        return text == null ? null : caller + text;
    }

    private FieldRow text(String name, Payload payload, String instance) {
        boolean hasInstance = !instance.isEmpty();
        EventTypeInfo type =
                textTypes.computeIfAbsent(
                        new TextKey(name, payload.fields(), hasInstance),
                        key -> textType(key.name(), key.fields().fields(), key.instance()));
        @Nullable Object[] values = payload.values();
        if (hasInstance) {
            values = Arrays.copyOf(values, values.length + 1);
            values[values.length - 1] = instance;
        }
        return FieldRow.of(type, values);
    }

    private static EventTypeInfo textType(String name, List<FieldInfo> own, boolean instance) {
        List<FieldInfo> fields = new ArrayList<>(own);
        if (instance) {
            fields.add(FieldInfo.dynamic(RecordPlan.INSTANCE, FieldKind.TEXT, Unit.NONE, false));
        }
        return TracepointTypes.captured(name, fields);
    }
}
