package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.mem.PhysicalMemory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The address space of a stream that runs alone: bytes that were given, and around them memory
/// that reads as zero and gets a frame when it is first stored to. Strict, only what was given can
/// be accessed.
final class StandaloneMemory {
    /// Most bytes that may be given, and most bytes of frames in all.
    static final long MOST_BYTES = 256L << 20;

    private static final int FRAME = PhysicalMemory.FRAME_BYTES;
    private static final long NO_PAGE = -1;

    private final PhysicalMemory frames = new PhysicalMemory();
    private final long zeroFrame = frames.allocateFrame();
    private final TreeMap<Long, Long> pages = new TreeMap<>(Long::compareUnsigned);
    private final TreeMap<Long, Long> lastByteOf = new TreeMap<>(Long::compareUnsigned);
    private boolean strict;
    private boolean exhausted;
    private long cachedPage = NO_PAGE;
    private long cachedFrame;

    PhysicalMemory frames() {
        return frames;
    }

    void setStrict(boolean value) {
        strict = value;
    }

    /// Whether a store found no frame left.
    boolean isExhausted() {
        return exhausted;
    }

    /// Puts bytes at an address.
    ///
    /// @throws IllegalArgumentException when there are none or too many, when they overlap others,
    ///   or when they reach past the end of the address space
    void load(long va, byte[] bytes) {
        long last = va + bytes.length - 1;
        if (bytes.length == 0) {
            throw new IllegalArgumentException(name(va) + " is empty");
        }
        if (Long.compareUnsigned(last, va) < 0) {
            throw new IllegalArgumentException(
                    name(va) + " reaches past the end of the address space");
        }
        Map.Entry<Long, Long> before = lastByteOf.floorEntry(last);
        if (before != null && Long.compareUnsigned(before.getValue(), va) >= 0) {
            throw new IllegalArgumentException(
                    name(va) + " overlaps " + name(before.getKey()).toLowerCase(Locale.ROOT));
        }
        if (bytes.length > MOST_BYTES - framesBytes()) {
            throw new IllegalArgumentException(
                    name(va) + " is more than the " + (MOST_BYTES >> 20) + " MiB of a run");
        }
        lastByteOf.put(va, last);
        for (int done = 0; done < bytes.length; ) {
            long at = va + done;
            int part = Math.min(bytes.length - done, FRAME - offsetOf(at));
            frames.write(frameFor(at) + offsetOf(at), bytes, done, part);
            done += part;
        }
    }

    /// Physical address of a word that does not cross a frame, or -[ExceptionType#CS_BUS_FAULT].
    long translate(long va, int sizeBytes, Access access) {
        if (strict && !isGiven(va, sizeBytes)) {
            return -ExceptionType.CS_BUS_FAULT;
        }
        long page = va & -FRAME;
        if (page != cachedPage) {
            Long frame = pages.get(page);
            if (frame == null) {
                if (access == Access.READ || access == Access.EXECUTE) {
                    return zeroFrame + offsetOf(va);
                }
                if (framesBytes() + FRAME > MOST_BYTES) {
                    exhausted = true;
                    return -ExceptionType.CS_BUS_FAULT;
                }
                frame = frameFor(va);
            }
            cachedPage = page;
            cachedFrame = frame;
        }
        return cachedFrame + offsetOf(va);
    }

    /// Copies memory out; what was never given nor stored to is zero.
    byte[] read(long va, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            long at = va + done;
            int part = Math.min(length - done, FRAME - offsetOf(at));
            Long frame = pages.get(at & -FRAME);
            if (frame != null) {
                frames.read(frame + offsetOf(at), bytes, done, part);
            } else {
                Arrays.fill(bytes, done, done + part, (byte) 0);
            }
            done += part;
        }
        return bytes;
    }

    private long framesBytes() {
        return (long) pages.size() * FRAME;
    }

    private long frameFor(long va) {
        return pages.computeIfAbsent(va & -FRAME, page -> frames.allocateFrame());
    }

    /// Two regions that touch are as good as one.
    private boolean isGiven(long va, int sizeBytes) {
        long last = va + sizeBytes - 1;
        for (long at = va; ; at++) {
            Map.Entry<Long, Long> entry = lastByteOf.floorEntry(at);
            if (entry == null || Long.compareUnsigned(entry.getValue(), at) < 0) {
                return false;
            }
            at = entry.getValue();
            if (Long.compareUnsigned(at, last) >= 0) {
                return true;
            }
        }
    }

    private static int offsetOf(long va) {
        return (int) (va & (FRAME - 1));
    }

    private static String name(long va) {
        return String.format(Locale.ROOT, "memory at 0x%x", va);
    }
}
