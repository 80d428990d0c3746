package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.ftrace.payload.KernelWords;
import org.panscope.trace.ftrace.payload.PrintFormat;
import org.panscope.trace.ftrace.payload.PrintFormat.Named;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.FieldSink;
import org.panscope.trace.schema.Unit;
import org.panscope.trace.tracedat.TracepointField.Shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/// How the records of one event become values.
final class RecordPlan implements EventPlan {
    /// Events whose payload is text.
    private static final Set<String> TEXTS = Set.of("print", "tracing_mark_write");

    /// Addresses of functions, which text shows as symbols.
    private static final Set<String> CODE = Set.of("function", "ip", "parent_ip", "func");

    /// Name of the column for an instance's name, as in text.
    static final String INSTANCE = "buffer";

    /// Where one value comes from.
    @FunctionalInterface
    private interface Source {
        @Nullable Object of(RecordFields fields);

        /// As [#of], into a column.
        default void into(FieldSink sink, int column, RecordFields fields) {
            switch (of(fields)) {
                case null -> sink.absent(column);
                case Long number -> sink.number(column, number);
                case byte[] bytes -> sink.bytes(column, bytes);
                case Object text -> sink.text(column, text.toString());
            }
        }
    }

    /// An integer as it is, which is most of all values.
    private record PlainInteger(TracepointField field) implements Source {
        @Override
        public @Nullable Object of(RecordFields fields) {
            return fields.number(field);
        }
    }

    /// A text, or null.
    @FunctionalInterface
    private interface TextSource extends Source {
        @Nullable String text(RecordFields fields);

        @Override
        default @Nullable Object of(RecordFields fields) {
            return text(fields);
        }

        @Override
        default void into(FieldSink sink, int column, RecordFields fields) {
            String text = text(fields);
            if (text == null) {
                sink.absent(column);
            } else {
                sink.text(column, text);
            }
        }
    }

    /// A word for an integer.
    private record Word(TracepointField field, LongFunction<String> words) implements TextSource {
        @Override
        public @Nullable String text(RecordFields fields) {
            return fields.has(field) ? words.apply(fields.integer(field)) : null;
        }
    }

    /// Characters as they are. Who asks for those of one record twice has them decoded once.
    private static final class PlainText implements TextSource {
        private final TracepointField field;
        private @Nullable String last;
        private long lastRecord = -1;

        PlainText(TracepointField field) {
            this.field = field;
        }

        @Override
        public @Nullable String text(RecordFields fields) {
            return lastRecord == fields.record() ? last : fields.text(field);
        }

        @Override
        public @Nullable Object of(RecordFields fields) {
            last = text(fields);
            lastRecord = fields.record();
            return last;
        }
    }

    private final EventTypeInfo type;
    private final Source[] sources;

    /// Fields of the columns that hold an integer as it is.
    private final @Nullable TracepointField[] integers;

    /// The columns that hold characters as they are.
    private final @Nullable PlainText[] texts;

    private RecordPlan(EventTypeInfo type, List<Source> sources) {
        this.type = type;
        this.sources = sources.toArray(new Source[0]);
        integers = new @Nullable TracepointField[this.sources.length];
        texts = new @Nullable PlainText[this.sources.length];
        for (int column = 0; column < integers.length; column++) {
            switch (this.sources[column]) {
                case PlainInteger(TracepointField field) -> integers[column] = field;
                case PlainText text -> texts[column] = text;
                default -> {}
            }
        }
    }

    /// Whether records are decoded as the text they hold.
    static boolean isText(TracepointFormat format) {
        return TEXTS.contains(format.name());
    }

    /// @param instance name of the buffer, empty for the top one
    static RecordPlan of(TracepointFormat format, BinaryShapes shapes, String instance) {
        Map<String, TracepointField> byName = new HashMap<>();
        format.fields().forEach(field -> byName.putIfAbsent(field.name(), field));
        FieldSet shape =
                shapes.shape(format.name(), wanted -> source(format, wanted, byName) != null);
        List<FieldInfo> infos = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        if (shape != null) {
            for (FieldInfo wanted : shape.fields()) {
                Source source = source(format, wanted, byName);
                if (source != null) {
                    infos.add(wanted);
                    sources.add(source);
                    taken.add(wanted.name());
                }
            }
        }
        TracepointField state = byName.get("prev_state");
        if (state != null && taken.contains("prev_state")) {
            infos.add(FieldInfo.dynamic("prev_state_bits", FieldKind.INT, Unit.HEX, false));
            sources.add(new PlainInteger(state));
        }
        PrintFormat print = PrintFormat.parse(format.printFormat());
        for (TracepointField field : format.fields()) {
            if (taken.add(field.name())) {
                infos.add(info(field, print));
                sources.add(
                        switch (field.shape()) {
                            case INTEGER -> new PlainInteger(field);
                            case TEXT, DATA_LOC_TEXT, REL_LOC_TEXT -> new PlainText(field);
                            default -> fields -> fields.value(field);
                        });
            }
        }
        if (!instance.isEmpty()) {
            infos.add(FieldInfo.dynamic(INSTANCE, FieldKind.TEXT, Unit.NONE, false));
            sources.add(fields -> instance);
        }
        EventTypeInfo type =
                shape == null
                        ? TracepointTypes.captured(format.name(), infos, format.printFormat())
                        : TracepointTypes.captured(format.name(), infos);
        return new RecordPlan(type, sources);
    }

    EventTypeInfo type() {
        return type;
    }

    @Nullable Object value(RecordFields fields, int column) {
        return sources[column].of(fields);
    }

    boolean has(RecordFields fields, int column) {
        TracepointField integer = integers[column];
        return integer == null ? value(fields, column) != null : fields.has(integer);
    }

    /// The number of a column that [#has] one.
    long number(RecordFields fields, int column) {
        TracepointField integer = integers[column];
        if (integer != null) {
            return fields.integer(integer);
        }
        return value(fields, column) instanceof Long number ? number : 0;
    }

    void visit(RecordFields fields, FieldSink sink) {
        for (int column = 0; column < sources.length; column++) {
            TracepointField integer = integers[column];
            PlainText text = texts[column];
            if (integer != null && fields.has(integer)) {
                sink.number(column, fields.integer(integer));
            } else if (text != null) {
                text.into(sink, column, fields);
            } else {
                sources[column].into(sink, column, fields);
            }
        }
    }

    private static FieldInfo info(TracepointField field, @Nullable PrintFormat print) {
        boolean isWhole = !field.signed() || field.size() == Long.BYTES;
        boolean isHexadecimal =
                field.type().contains("*")
                        || (isWhole && print != null && print.isHexadecimal(field.name()));
        return switch (field.shape()) {
            case INTEGER ->
                    FieldInfo.dynamic(
                            field.name(),
                            FieldKind.INT,
                            isHexadecimal ? Unit.HEX : Unit.NONE,
                            field.signed() && !isHexadecimal);
            case BYTES -> FieldInfo.dynamic(field.name(), FieldKind.BYTES, Unit.NONE, false);
            default -> FieldInfo.dynamic(field.name(), FieldKind.TEXT, Unit.NONE, false);
        };
    }

    /// Where a field that text has comes from, or null when the record does not hold it.
    private static @Nullable Source source(
            TracepointFormat format, FieldInfo wanted, Map<String, TracepointField> byName) {
        TracepointField field = byName.get(wanted.name());
        if (field == null) {
            TracepointField vector = byName.get("vec");
            return vector != null
                            && format.name().startsWith("softirq_")
                            && wanted.name().equals("action")
                    ? softirqs(format, vector)
                    : null;
        }
        if (wanted.kind() == FieldKind.INT && field.shape() == Shape.INTEGER) {
            boolean isHandled =
                    format.name().equals("irq_handler_exit") && wanted.name().equals("ret");
            return isHandled ? fields -> handled(fields.number(field)) : new PlainInteger(field);
        }
        if (wanted.kind() != FieldKind.TEXT) {
            return null;
        }
        return switch (field.shape()) {
            case TEXT, DATA_LOC_TEXT, REL_LOC_TEXT -> new PlainText(field);
            case INTEGER -> spelled(format, field);
            default -> null;
        };
    }

    private static Source softirqs(TracepointFormat format, TracepointField field) {
        List<Named> names = names(format, field);
        return new Word(field, vector -> KernelWords.softirq(vector, names));
    }

    private static @Nullable Source spelled(TracepointFormat format, TracepointField field) {
        if (format.name().equals("sched_switch") && field.name().equals("prev_state")) {
            List<Named> letters = names(format, field);
            return new Word(field, remembered(state -> KernelWords.taskState(state, letters)));
        }
        return CODE.contains(field.name()) ? symbol(field) : null;
    }

    private static TextSource symbol(TracepointField field) {
        return fields -> fields.symbol(field);
    }

    /// Words of small numbers, which come again and again, made once each.
    private static LongFunction<String> remembered(LongFunction<String> words) {
        @Nullable String[] known = new @Nullable String[256];
        return number -> {
            if (number < 0 || number >= known.length) {
                return words.apply(number);
            }
            String word = known[(int) number];
            if (word == null) {
                word = words.apply(number);
                known[(int) number] = word;
            }
            return word;
        };
    }

    /// What the file's own print format calls the values of a field.
    private static List<Named> names(TracepointFormat format, TracepointField field) {
        PrintFormat print = PrintFormat.parse(format.printFormat());
        return print == null ? List.of() : print.names(field.name());
    }

    private static @Nullable Long handled(@Nullable Long ret) {
        return ret == null ? null : (Long) (ret == 0 ? 0L : 1L);
    }
}
