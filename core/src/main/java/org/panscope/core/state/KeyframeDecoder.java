package org.panscope.core.state;

import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads what [KeyframeEncoder] wrote. Every count is checked against the bytes that are left
/// before anything is made for it.
final class KeyframeDecoder {
    private final byte[] bytes;
    private final List<String> texts = new ArrayList<>();
    private int at;

    KeyframeDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    ReducedState decode() throws IOException {
        long position = unsigned();
        long timeNs = signed();
        long anomalyCount = unsigned();
        List<Anomaly> anomalies = anomalies();
        PersistentMap<ObjectId, ObjectState> objects = objects();
        MemoryImage memory = memory();
        PersistentMap<Integer, AddressSpace> spaces = spaces();
        if (at != bytes.length) {
            throw broken("bytes follow the end");
        }
        return new ReducedState(
                position,
                timeNs,
                objects,
                memory,
                spaces,
                StateIndex.of(objects),
                anomalyCount,
                anomalies);
    }

    private List<Anomaly> anomalies() throws IOException {
        List<Anomaly> anomalies = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            anomalies.add(new Anomaly(unsigned(), new ObjectId(text(), text()), text()));
        }
        return anomalies;
    }

    private PersistentMap<ObjectId, ObjectState> objects() throws IOException {
        PersistentMap<ObjectId, ObjectState> objects = PersistentMap.empty();
        for (int left = count(); left > 0; left--) {
            ObjectId id = new ObjectId(text(), text());
            Map<Belief, SortedMap<String, Cell>> beliefs = new EnumMap<>(Belief.class);
            for (Belief belief : Belief.values()) {
                TreeMap<String, Cell> cells = new TreeMap<>();
                for (int cellsLeft = count(); cellsLeft > 0; cellsLeft--) {
                    cells.put(text(), cell());
                }
                if (!cells.isEmpty()) {
                    beliefs.put(belief, Collections.unmodifiableSortedMap(cells));
                }
            }
            objects = objects.with(id, new ObjectState(id, Collections.unmodifiableMap(beliefs)));
        }
        return objects;
    }

    private Cell cell() throws IOException {
        Unit unit = unit(text());
        long writtenBy = unsigned() - 1;
        Object value =
                switch (octet()) {
                    case KeyframeEncoder.FALSE -> false;
                    case KeyframeEncoder.TRUE -> true;
                    case KeyframeEncoder.NUMBER -> signed();
                    case KeyframeEncoder.TEXT -> text();
                    default -> throw broken("unknown kind of value");
                };
        return new Cell(value, unit, writtenBy);
    }

    private Unit unit(String name) throws IOException {
        for (Unit unit : Unit.values()) {
            if (unit.name().equals(name)) {
                return unit;
            }
        }
        throw broken("unknown unit " + name);
    }

    private MemoryImage memory() throws IOException {
        PersistentMap<Integer, BoImage> bos = PersistentMap.empty();
        for (int left = count(); left > 0; left--) {
            int bo = (int) signed();
            long sizeBytes = unsigned() - 1;
            long createdBy = unsigned() - 1;
            PersistentMap<Long, Page> pages = PersistentMap.empty();
            for (int pagesLeft = count(); pagesLeft > 0; pagesLeft--) {
                pages = pages.with(unsigned(), page());
            }
            bos = bos.with(bo, new BoImage(sizeBytes, createdBy, pages));
        }
        return new MemoryImage(bos);
    }

    private Page page() throws IOException {
        int flags = octet();
        long[] known = new long[Page.BYTES / Long.SIZE];
        for (int i = 0; i < known.length; i++) {
            known[i] = (flags & KeyframeEncoder.ALL_KNOWN) != 0 ? -1 : fixed64();
        }
        byte[] content = new byte[Page.BYTES];
        if ((flags & KeyframeEncoder.ALL_ZERO) == 0) {
            need(Page.BYTES);
            System.arraycopy(bytes, at, content, 0, Page.BYTES);
            at += Page.BYTES;
        }
        int ranges = count();
        if (ranges == 0 || ranges > Page.BYTES) {
            throw broken("page with " + ranges + " writers");
        }
        short[] starts = new short[ranges];
        long[] writers = new long[ranges];
        for (int i = 0; i < ranges; i++) {
            long start = unsigned();
            if (i == 0 ? start != 0 : start <= starts[i - 1] || start >= Page.BYTES) {
                throw broken("writers of a page out of order");
            }
            starts[i] = (short) start;
            writers[i] = unsigned() - 1;
        }
        return Page.restored(content, known, starts, writers);
    }

    private PersistentMap<Integer, AddressSpace> spaces() throws IOException {
        PersistentMap<Integer, AddressSpace> spaces = PersistentMap.empty();
        for (int left = count(); left > 0; left--) {
            int vm = (int) signed();
            AddressSpace space = AddressSpace.EMPTY;
            for (int mappingsLeft = count(); mappingsLeft > 0; mappingsLeft--) {
                long va = unsigned();
                long sizeBytes = unsigned();
                int known = octet();
                Integer bo = (int) signed();
                long boOffset = unsigned();
                Long flags = unsigned();
                space =
                        space.map(
                                new AddressSpace.Mapping(
                                        va,
                                        sizeBytes,
                                        (known & 1) != 0 ? bo : null,
                                        boOffset,
                                        (known & 2) != 0 ? null : flags));
            }
            spaces = spaces.with(vm, space);
        }
        return spaces;
    }

    // ---- primitives ---------------------------------------------------------------------------

    private String text() throws IOException {
        long known = unsigned();
        if (known == 0) {
            int length = count();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            texts.add(text);
            return text;
        }
        if (known < 0 || known > texts.size()) {
            throw broken("text " + known + " of " + texts.size());
        }
        return texts.get((int) known - 1);
    }

    /// A number of things of at least one byte each.
    private int count() throws IOException {
        long count = unsigned();
        if (count < 0 || count > bytes.length - at) {
            throw broken("count " + count + " with " + (bytes.length - at) + " bytes left");
        }
        return (int) count;
    }

    private long signed() throws IOException {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    private long unsigned() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (next & 0x7fL) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw broken("number without an end");
    }

    private long fixed64() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            value |= (long) octet() << shift;
        }
        return value;
    }

    private int octet() throws IOException {
        need(1);
        return bytes[at++] & 0xff;
    }

    private void need(int length) throws IOException {
        if (bytes.length - at < length) {
            throw broken("ends too early");
        }
    }

    private IOException broken(String what) {
        return new IOException("keyframe " + Keyframes.PRODUCER + " at byte " + at + ": " + what);
    }
}
