package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The decoded chunks used last, within a budget of bytes.
final class ChunkCache {
    private static final long BUDGET = 24L << 20;

    private final LinkedHashMap<Integer, EventChunk> chunks = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;
    private volatile @Nullable Entry latest;

    @Nullable EventChunk get(int number) {
        Entry last = latest;
        if (last != null && last.number() == number) {
            return last.chunk();
        }
        synchronized (this) {
            EventChunk chunk = chunks.get(number);
            if (chunk != null) {
                latest = new Entry(number, chunk);
            }
            return chunk;
        }
    }

    synchronized void put(int number, EventChunk chunk) {
        EventChunk old = chunks.put(number, chunk);
        weight += chunk.weight() - (old == null ? 0 : old.weight());
        Iterator<Map.Entry<Integer, EventChunk>> oldest = chunks.entrySet().iterator();
        while (weight > BUDGET && chunks.size() > 1) {
            weight -= oldest.next().getValue().weight();
            oldest.remove();
        }
        latest = new Entry(number, chunk);
    }

    private record Entry(int number, EventChunk chunk) {}
}
