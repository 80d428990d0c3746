package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Unit;
import org.panscope.trace.schema.Vocabulary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Seeded random traces: every vocabulary type, dynamic types, absent and extreme values, odd
/// strings. Equal seeds make equal calls.
public final class RandomTrace {
    public static final TraceHeader HEADER =
            new TraceHeader(
                    "emulator",
                    "random \u2713.json",
                    "virtual",
                    -5,
                    "panscope test",
                    new TreeMap<>(Map.of("seed", "1", "empty", "", "\u00e9", "\n\"\\")));

    private static final String[] TEXTS = {
        "",
        "ioctl",
        "irq",
        "a/b c\\d",
        "\u0000\u0001\n\t\"",
        "gr\u00fc\u00df",
        "\ud83d\ude00",
        "work"
    };
    private static final long[] NUMBERS = {
        0, 1, -1, 255, 256, 65_536, Long.MAX_VALUE, Long.MIN_VALUE, 0xffff_ffffL, 1L << 53
    };

    private final Random random;
    private final List<EventTypeInfo> dynamicTypes = new ArrayList<>();
    private long time;

    public RandomTrace(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            dynamicTypes.add(dynamicType(i));
        }
    }

    /// Writes `events` events with tracks, losses and keyframes between them; the first ones are of
    /// every vocabulary type in turn.
    public void writeTo(TraceWriter writer, int events) throws IOException {
        List<RecordType> types = Vocabulary.get().types();
        int tracks = 0;
        for (int i = 0; i < events; i++) {
            if (tracks == 0 || random.nextInt(20) == 0) {
                int parent = tracks == 0 ? TrackInfo.ROOT : random.nextInt(tracks + 1) - 1;
                String kind = random.nextBoolean() ? "queue" : text();
                tracks = Math.max(tracks, writer.track(parent, kind, text()) + 1);
            }
            if (random.nextInt(40) == 0) {
                writer.loss(loss(i));
            }
            if (random.nextInt(50) == 0) {
                writer.keyframe(random.nextBoolean() ? "state/1" : "other", i, bytes());
            }
            EventHeader header = header(i, random.nextInt(tracks));
            boolean dynamic = i >= types.size() && random.nextInt(3) == 0;
            if (dynamic) {
                EventTypeInfo type = dynamicTypes.get(random.nextInt(dynamicTypes.size()));
                writer.write(header, type, values(type));
            } else {
                int which = i < types.size() ? i : random.nextInt(types.size());
                writer.write(header, record(types.get(which)));
            }
        }
        writer.loss(loss(events));
    }

    /// A record of this type; values that must be there are.
    public TraceEvent record(RecordType type) {
        @Nullable Object[] values = values(type.info());
        for (int i = 0; i < values.length; i++) {
            Class<?> component = type.recordClass().getRecordComponents()[i].getType();
            boolean narrow = component == int.class || component == Integer.class;
            if (narrow && values[i] instanceof Long number) {
                values[i] = (long) number.intValue();
            }
        }
        TraceEvent event = type.create(values);
        if (event == null) {
            throw new IllegalStateException("no record for " + type.info().name());
        }
        return event;
    }

    private @Nullable Object[] values(EventTypeInfo type) {
        @Nullable Object[] values = new Object[type.fields().size()];
        for (int i = 0; i < values.length; i++) {
            FieldInfo field = type.fields().get(i);
            boolean absent = field.optional() && random.nextInt(4) == 0;
            values[i] = absent ? null : value(field);
        }
        return values;
    }

    private Object value(FieldInfo field) {
        return switch (field.kind()) {
            case INT -> number();
            case BOOL -> random.nextBoolean();
            case TEXT -> text();
            case ENUM -> field.labels().get(random.nextInt(field.labels().size()));
            case BYTES -> bytes();
        };
    }

    private EventHeader header(long seq, int track) {
        time += random.nextInt(10) == 0 ? -random.nextInt(50) : random.nextInt(1000);
        long cause = seq > 0 && random.nextBoolean() ? random.nextLong(seq) : EventHeader.NO_CAUSE;
        return new EventHeader(
                time,
                track,
                cause,
                cause >= 0 && random.nextInt(4) == 0,
                random.nextInt(9) - 1,
                random.nextInt(4) == 0 ? random.nextInt() & 0x7fff_ffff : EventHeader.UNKNOWN,
                random.nextBoolean() ? null : text(),
                random.nextBoolean() ? null : "irq",
                random.nextInt(3) == 0 ? null : random.nextBoolean() ? "" : "sched+reset");
    }

    private EventTypeInfo dynamicType(int number) {
        List<FieldInfo> fields = new ArrayList<>();
        FieldKind[] kinds = FieldKind.values();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            FieldKind kind = pick(kinds);
            boolean number64 = kind == FieldKind.INT;
            Unit unit = number64 ? pick(Unit.values()) : Unit.NONE;
            List<String> labels =
                    kind == FieldKind.ENUM ? List.of("zero", "one", "\u00fcber") : List.of();
            fields.add(
                    new FieldInfo(
                            "f" + i,
                            kind,
                            unit,
                            number64 && random.nextBoolean(),
                            true,
                            labels,
                            i == 0 ? "" : "doc " + i));
        }
        // Two types of one name but different fields, as a capture joined from two kernels has.
        String name = number < 2 ? "sched:twice" : "gpu:dyn_" + number;
        return EventTypeInfo.dynamic(name, pick(Layer.values()), fields);
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Loss loss(long beforeSeq) {
        return new Loss(
                "ring-overrun",
                "lost " + text(),
                random.nextBoolean() ? null : (Long) (long) random.nextInt(1000),
                random.nextBoolean() ? null : (Integer) random.nextInt(8),
                random.nextBoolean() ? null : (Long) 7L,
                random.nextBoolean() ? null : (Long) Long.MAX_VALUE,
                beforeSeq);
    }

    private long number() {
        return switch (random.nextInt(3)) {
            case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 1 -> random.nextLong();
            default -> random.nextInt(300);
        };
    }

    private String text() {
        return random.nextInt(5) == 0 ? "t" + random.nextInt(100_000) : pick(TEXTS);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(5000) : random.nextInt(9)];
        random.nextBytes(bytes);
        return bytes;
    }
}
