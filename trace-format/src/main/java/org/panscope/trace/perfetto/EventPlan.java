package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.ftrace.payload.KernelWords;
import org.panscope.trace.perfetto.EventDeclaration.Field;
import org.panscope.trace.perfetto.EventDeclaration.Kind;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the messages of one ftrace event become values: worked out once, used for each event. An
/// event whose text Panscope knows gets the fields its text has, and behind them what text does not
/// show, as from a `trace.dat`.
///
/// What text does not show depends on the kernel: there is a variant for each set of such fields
/// that are there.
final class EventPlan {
    private static final int MOST_VARIANTS = 64;
    private static final int MOST_FIELDS = 63;
    private static final int MOST_NUMBERS = 4096;

    /// How a value is had from that of a field of the message.
    private enum How {
        AS_IS,
        TASK_STATE,
        SOFTIRQ_NAME,
        HANDLED
    }

    private record Source(int field, How how) {}

    /// Events that have the same fields.
    ///
    /// @param sources one for each field of the type
    private record Variant(EventTypeInfo type, Source[] sources) {}

    private final String name;
    private final List<Field> fields;
    private final List<FieldInfo> shapeFields = new ArrayList<>();
    private final List<Source> shapeSources = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<Long, Variant> variants = new HashMap<>();
    private final byte[] fieldOfNumber;
    private final Kind[] kinds;
    private final long extraFields;
    private long lastMask;
    private Variant last;

    EventPlan(EventDeclaration event, BinaryShapes shapes) {
        name = event.name();
        fields = event.fields().subList(0, Math.min(MOST_FIELDS, event.fields().size()));
        Map<String, Integer> byName = new HashMap<>();
        int highest = 0;
        for (int i = 0; i < fields.size(); i++) {
            byName.putIfAbsent(fields.get(i).name(), i);
            highest = Math.max(highest, fields.get(i).number());
        }
        fieldOfNumber = new byte[Math.min(highest, MOST_NUMBERS) + 1];
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).number() < fieldOfNumber.length) {
                fieldOfNumber[fields.get(i).number()] = (byte) (i + 1);
            }
        }
        kinds = fields.stream().map(Field::kind).toArray(Kind[]::new);
        takeShape(shapes, byName);
        long extra = 0;
        for (int i = 0; i < fields.size(); i++) {
            extra |= taken.contains(fields.get(i).name()) ? 0 : 1L << i;
        }
        extraFields = extra;
        lastMask = extra;
        last = variant(extra);
        variants.put(extra, last);
    }

    private void takeShape(BinaryShapes shapes, Map<String, Integer> byName) {
        FieldSet shape = shapes.shape(name, wanted -> source(wanted, byName) != null);
        if (shape == null) {
            return;
        }
        for (FieldInfo wanted : shape.fields()) {
            Source source = source(wanted, byName);
            if (source != null) {
                shapeFields.add(wanted);
                shapeSources.add(source);
                taken.add(wanted.name());
            }
        }
        Integer state = byName.get("prev_state");
        if (state != null && taken.contains("prev_state")) {
            shapeFields.add(FieldInfo.dynamic("prev_state_bits", FieldKind.INT, Unit.HEX, false));
            shapeSources.add(new Source(state, How.AS_IS));
        }
    }

    /// Where a field that text has comes from, or null when the message does not hold it.
    private @Nullable Source source(FieldInfo wanted, Map<String, Integer> byName) {
        Integer index = byName.get(wanted.name());
        if (index == null) {
            Integer vector = byName.get("vec");
            boolean isSoftirq = name.startsWith("softirq_") && wanted.name().equals("action");
            return vector != null && isSoftirq ? new Source(vector, How.SOFTIRQ_NAME) : null;
        }
        Kind kind = fields.get(index).kind();
        if (wanted.kind() == FieldKind.INT && kind.isNumber()) {
            boolean isHandled = name.equals("irq_handler_exit") && wanted.name().equals("ret");
            return new Source(index, isHandled ? How.HANDLED : How.AS_IS);
        }
        if (wanted.kind() != FieldKind.TEXT) {
            return null;
        }
        if (!kind.isNumber()) {
            return new Source(index, How.AS_IS);
        }
        boolean isState = name.equals("sched_switch") && wanted.name().equals("prev_state");
        return isState ? new Source(index, How.TASK_STATE) : null;
    }

    private Variant variant(long extra) {
        List<FieldInfo> infos = new ArrayList<>(shapeFields);
        List<Source> sources = new ArrayList<>(shapeSources);
        Set<String> names = new HashSet<>(taken);
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if ((extra & 1L << i) != 0 && names.add(field.name())) {
                infos.add(info(field));
                sources.add(new Source(i, How.AS_IS));
            }
        }
        EventTypeInfo type = TracepointTypes.captured(name, infos);
        return new Variant(type, sources.toArray(Source[]::new));
    }

    private static FieldInfo info(Field field) {
        boolean isNumber = field.kind().isNumber();
        return FieldInfo.dynamic(
                field.name(),
                isNumber ? FieldKind.INT : FieldKind.TEXT,
                field.kind() == Kind.POINTER ? Unit.HEX : Unit.NONE,
                field.kind() == Kind.SIGNED);
    }

    /// Position of the field with a number in the message, or -1.
    int fieldOf(int number) {
        return number < fieldOfNumber.length ? fieldOfNumber[number] - 1 : -1;
    }

    Kind kind(int field) {
        return kinds[field];
    }

    /// How many fields a message may have.
    int size() {
        return kinds.length;
    }

    /// Begins an event: says which fields its message has.
    ///
    /// @param present bit set for each
    /// @return the type of such events
    EventTypeInfo type(long present) {
        long mask = present & extraFields;
        if (mask != lastMask) {
            Variant known = variants.get(mask);
            if (known == null && variants.size() < MOST_VARIANTS) {
                known = variant(mask);
                variants.put(mask, known);
            }
            if (known == null) {
                mask = extraFields;
                known = variant(mask);
            }
            last = known;
            lastMask = mask;
        }
        return last.type();
    }

    /// The values of an event of the type last returned.
    ///
    /// @param raw one for each field of the message, `Long` or `String`, null where absent
    @Nullable Object[] values(@Nullable Object[] raw) {
        Source[] sources = last.sources();
        @Nullable Object[] values = new @Nullable Object[sources.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(sources[i], raw[sources[i].field()]);
        }
        return values;
    }

    private static @Nullable Object value(Source source, @Nullable Object raw) {
        if (source.how() == How.AS_IS || !(raw instanceof Long number)) {
            return raw;
        }
        return switch (source.how()) {
            case TASK_STATE -> KernelWords.taskState(number);
            case SOFTIRQ_NAME -> KernelWords.softirq(number);
            case HANDLED -> (Long) (number == 0 ? 0L : 1L);
            case AS_IS -> raw;
        };
    }
}
