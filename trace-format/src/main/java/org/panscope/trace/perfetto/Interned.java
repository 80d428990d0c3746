package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Texts that writers send once and name by a number from then on. Each clearing of a writer's
/// state begins a new generation, in which the numbers mean something else.
///
/// perfetto: protos/perfetto/trace/interned_data/interned_data.proto
final class Interned {
    static final int CATEGORIES = 1;
    static final int EVENT_NAMES = 2;
    static final int ANNOTATION_NAMES = 3;
    static final int GRAPHICS_CONTEXTS = 23;
    static final int GPU_SPECIFICATIONS = 24;
    static final int KERNEL_SYMBOLS = 26;
    static final int ANNOTATION_TEXTS = 29;

    private static final int MOST_ENTRIES = 1 << 21;
    private static final long MOST_CHARACTERS = 128L << 20;
    private static final int MOST_IN_POOL = 1 << 18;

    private final Map<Key, Map<Long, String>> tables = new HashMap<>();
    private final Map<String, String> pool = new HashMap<>();
    private final ProtoCursor entry = new ProtoCursor();
    private long entries;
    private long characters;
    private long refused;

    private record Key(int generation, int field) {}

    /// Takes in what a packet brings.
    void add(int generation, ProtoCursor data) throws ProtoException {
        while (data.next()) {
            int field = data.field();
            if (!data.isNumber() && isKept(field)) {
                take(generation, field, entry.on(data));
            }
        }
    }

    private static boolean isKept(int field) {
        return switch (field) {
            case CATEGORIES,
                    EVENT_NAMES,
                    ANNOTATION_NAMES,
                    GRAPHICS_CONTEXTS,
                    GPU_SPECIFICATIONS,
                    KERNEL_SYMBOLS,
                    ANNOTATION_TEXTS ->
                    true;
            default -> false;
        };
    }

    private void take(int generation, int field, ProtoCursor cursor) throws ProtoException {
        long iid = 0;
        String text = "";
        while (cursor.next()) {
            if (cursor.field() == 1) {
                iid = cursor.number();
            } else if (cursor.field() == 2) {
                text =
                        field == GRAPHICS_CONTEXTS
                                ? Integer.toString(cursor.int32())
                                : cursor.text();
            }
        }
        if (entries >= MOST_ENTRIES || characters >= MOST_CHARACTERS) {
            refused++;
            return;
        }
        if (tables.computeIfAbsent(new Key(generation, field), key -> new HashMap<>())
                        .put(iid, pooled(text))
                == null) {
            entries++;
        }
    }

    private String pooled(String text) {
        String known = pool.get(text);
        if (known != null) {
            return known;
        }
        characters += text.length();
        if (pool.size() < MOST_IN_POOL) {
            pool.put(text, text);
        }
        return text;
    }

    /// The text, or null when the writer did not send it or it was lost.
    @Nullable String text(int generation, int field, long iid) {
        Map<Long, String> table = tables.get(new Key(generation, field));
        return table == null ? null : table.get(iid);
    }

    /// How many texts there was no room for.
    long refused() {
        return refused;
    }
}
