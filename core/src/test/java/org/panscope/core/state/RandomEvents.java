package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Unit;
import org.panscope.trace.schema.Vocabulary;

import java.util.List;
import java.util.Random;

/// Draws events of the whole vocabulary: mostly about a handful of objects, so that they meet, now
/// and then with any number that fits.
final class RandomEvents {
    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    StateScript script(int length) {
        StateScript script = new StateScript();
        for (int i = 0; i < length; i++) {
            script.add(header(i), event());
        }
        return script;
    }

    TraceEvent event() {
        List<RecordType> types = Vocabulary.get().types();
        TraceEvent event = null;
        while (event == null) {
            event = draw(types.get(random.nextInt(types.size())));
        }
        return event;
    }

    /// An event of the type, or null when a number drawn does not fit the record.
    private @Nullable TraceEvent draw(RecordType type) {
        @Nullable Object[] values = new Object[type.info().fields().size()];
        for (int i = 0; i < values.length; i++) {
            FieldInfo field = type.info().fields().get(i);
            values[i] = field.optional() && random.nextInt(4) == 0 ? null : value(field);
        }
        return type.create(values);
    }

    private EventHeader header(int i) {
        int pid = random.nextInt(4) - 1;
        return new EventHeader(
                i * 10L, 0, -1, false, random.nextInt(3) - 1, pid, "comm" + pid, "ioctl", "");
    }

    private Object value(FieldInfo field) {
        return switch (field.kind()) {
            case BOOL -> random.nextBoolean();
            case ENUM -> field.labels().get(random.nextInt(field.labels().size()));
            case TEXT -> text(field.name());
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case INT -> number(field);
        };
    }

    private String text(String name) {
        return switch (name) {
            case "block" ->
                    List.of("GLB", "CSG0", "CSG1", "CSG0.CS0", "CSGx", "").get(random.nextInt(6));
            case "word" -> List.of("req", "ack", "doorbell_req", "config").get(random.nextInt(4));
            default -> List.of("fence:1:2", "a b", "", "sync_upd_work", "ß").get(random.nextInt(5));
        };
    }

    private long number(FieldInfo field) {
        if (random.nextInt(50) == 0) {
            return random.nextLong();
        }
        return switch (field.name()) {
            case "size", "ring_size" -> List.of(4L, 8L, 0x1000L, 0x4000L).get(random.nextInt(4));
            case "va", "ring_va", "wait_va", "sync_va" -> 0x10_0000L + 8L * random.nextInt(0x400);
            default ->
                    field.unit() == Unit.BYTES || field.unit() == Unit.HEX
                            ? random.nextInt(0x3000)
                            : random.nextInt(3);
        };
    }
}
