package org.panscope.core.state;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Writes a state as bytes. All numbers are LEB128 varints, signed ones zigzag. A text is a number
/// `n`: 0 means a new text follows (length, UTF-8), any other the n-th text of this keyframe.
///
/// ```
/// position  time (signed)  anomaly count
/// anomalies   count x (seq, kind, key, message)
/// objects     count x (kind, key, 4 x (count x (quantity, unit, writer + 1, value)))
/// memory      count x (bo, size + 1, creator + 1, pages: count x (index, page))
/// spaces      count x (vm, mappings: count x (va, size, bo + 1 or 0, offset, flags))
///
/// value       0 false | 1 true | 2 number (signed) | 3 text
/// page        flags: 1 all bytes known, 2 all bytes zero; then unless the flag is set
///             64 x 8 bytes of known bits, 4096 bytes; then writers: count x (start, writer + 1)
/// ```
final class KeyframeEncoder {
    static final int FALSE = 0;
    static final int TRUE = 1;
    static final int NUMBER = 2;
    static final int TEXT = 3;
    static final int ALL_KNOWN = 1;
    static final int ALL_ZERO = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> texts = new LinkedHashMap<>();

    byte[] encode(ReducedState state) {
        unsigned(state.position());
        signed(state.timeNs());
        unsigned(state.anomalyCount());
        anomalies(state.anomalies());
        unsigned(state.objects().size());
        for (ObjectState object : state.objects().values()) {
            object(object);
        }
        memory(state.memory());
        spaces(state.spaces());
        return out.toByteArray();
    }

    private void anomalies(List<Anomaly> anomalies) {
        unsigned(anomalies.size());
        for (Anomaly anomaly : anomalies) {
            unsigned(anomaly.seq());
            text(anomaly.object().kind());
            text(anomaly.object().key());
            text(anomaly.message());
        }
    }

    private void object(ObjectState object) {
        text(object.id().kind());
        text(object.id().key());
        for (Belief belief : Belief.values()) {
            SortedMap<String, Cell> cells = object.beliefs().get(belief);
            unsigned(cells == null ? 0 : cells.size());
            if (cells != null) {
                cells.forEach(this::cell);
            }
        }
    }

    private void cell(String quantity, Cell cell) {
        text(quantity);
        text(cell.unit().name());
        unsigned(cell.writtenBy() + 1);
        switch (cell.value()) {
            case Boolean flag -> out.write(flag ? TRUE : FALSE);
            case Long number -> {
                out.write(NUMBER);
                signed(number);
            }
            default -> {
                out.write(TEXT);
                text(cell.value().toString());
            }
        }
    }

    private void memory(MemoryImage memory) {
        unsigned(memory.bos().size());
        memory.bos()
                .forEach((bo, image) -> {
                    signed(bo);
                    unsigned(image.sizeBytes() + 1);
                    unsigned(image.createdBy() + 1);
                    unsigned(image.pages().size());
                    image.pages().forEach(this::page);
                });
    }

    private void page(long index, Page page) {
        unsigned(index);
        boolean allKnown = true;
        for (long word : page.known()) {
            allKnown &= word == -1;
        }
        boolean allZero = true;
        for (byte value : page.bytes()) {
            allZero &= value == 0;
        }
        out.write((allKnown ? ALL_KNOWN : 0) | (allZero ? ALL_ZERO : 0));
        if (!allKnown) {
            for (long word : page.known()) {
                for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                    out.write((int) (word >>> shift));
                }
            }
        }
        if (!allZero) {
            out.writeBytes(page.bytes());
        }
        unsigned(page.starts().length);
        for (int i = 0; i < page.starts().length; i++) {
            unsigned(page.starts()[i]);
            unsigned(page.writers()[i] + 1);
        }
    }

    private void spaces(PersistentMap<Integer, AddressSpace> spaces) {
        unsigned(spaces.size());
        spaces.forEach((vm, space) -> {
            signed(vm);
            unsigned(space.mappings().size());
            for (AddressSpace.Mapping mapping : space.mappings().values()) {
                Integer bo = mapping.bo();
                Long flags = mapping.flags();
                unsigned(mapping.va());
                unsigned(mapping.sizeBytes());
                out.write((bo == null ? 0 : 1) | (flags == null ? 2 : 0));
                signed(bo == null ? 0 : bo);
                unsigned(mapping.boOffset());
                unsigned(flags == null ? 0 : flags);
            }
        });
    }

    // ---- primitives ---------------------------------------------------------------------------

    private void text(String text) {
        Integer known = texts.get(text);
        if (known != null) {
            unsigned(known);
            return;
        }
        texts.put(text, texts.size() + 1);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        unsigned(0);
        unsigned(bytes.length);
        out.writeBytes(bytes);
    }

    private void signed(long value) {
        unsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    private void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
