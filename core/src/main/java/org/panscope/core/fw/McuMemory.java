package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.hw.BoLocation;
import org.panscope.core.hw.Gpu;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.MemoryEvent;

import java.util.Arrays;
import java.util.TreeMap;

/// Memory as the microcontroller sees it: through the page tables of address space 0. Every word of
/// an interface that it changes is told by an event. An access that does not translate crashes the
/// firmware.
final class McuMemory {
    /// The address space the microcontroller uses.
    static final int MCU_AS = 0;

    private final Gpu gpu;
    private final int track;
    private final CrashHandler crash;
    private final TreeMap<String, Word> told = new TreeMap<>();

    /// Told of an access of the firmware that did not translate.
    interface CrashHandler {
        void crashed(long va, int exception, Access access);
    }

    /// A word that events have told of.
    private record Word(String block, String name, long va, int size) {}

    /// Makes the view.
    ///
    /// @param crash called when an access does not translate
    McuMemory(Gpu gpu, int track, CrashHandler crash) {
        this.gpu = gpu;
        this.track = track;
        this.crash = crash;
    }

    boolean isMapped(long va, Access access) {
        return gpu.mmu().translate(MCU_AS, va, access) >= 0;
    }

    boolean isWritable(long va) {
        return isMapped(va, Access.WRITE);
    }

    int read32(long va) {
        long physical = physical(va, Access.READ);
        return physical < 0 ? 0 : gpu.memory().read32(physical);
    }

    long read64(long va) {
        long physical = physical(va, Access.READ);
        return physical < 0 ? 0 : gpu.memory().read64(physical);
    }

    /// Stores without an event, for words that a narrower event tells.
    void store32(long va, int value) {
        long physical = physical(va, Access.WRITE);
        if (physical >= 0) {
            gpu.memory().write32(physical, value);
        }
    }

    /// Stores without an event, for words that a narrower event tells.
    void store64(long va, long value) {
        long physical = physical(va, Access.WRITE);
        if (physical >= 0) {
            gpu.memory().write64(physical, value);
        }
    }

    /// Changes an acknowledge word; what the actor does next follows from it.
    ///
    /// @return the bits that changed
    int acknowledge(String block, String word, long va, int value) {
        int old = read32(va);
        if (old == value) {
            return 0;
        }
        store32(va, value);
        remember(block, word, va, 4);
        gpu.simulation()
                .follow(
                        track,
                        new FirmwareEvent.FwAck(
                                block,
                                word,
                                Integer.toUnsignedLong(old),
                                Integer.toUnsignedLong(value)));
        return old ^ value;
    }

    /// Writes another output word when it changes.
    void write32(String block, String word, long va, int value) {
        if (read32(va) != value) {
            store32(va, value);
            remember(block, word, va, 4);
            told(block, word, 4, Integer.toUnsignedLong(value));
        }
    }

    /// Writes another output word when it changes.
    void write64(String block, String word, long va, long value) {
        if (read64(va) != value) {
            store64(va, value);
            remember(block, word, va, 8);
            told(block, word, 8, value);
        }
    }

    byte[] readBytes(long va, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int part = part(va + done, length - done);
            long physical = physical(va + done, Access.READ);
            if (physical < 0) {
                return bytes;
            }
            gpu.memory().read(physical, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    /// Stores bytes of the firmware's own into a buffer of the driver.
    void writeBytes(long va, byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            int part = part(va + done, bytes.length - done);
            long physical = physical(va + done, Access.WRITE);
            if (physical < 0) {
                return;
            }
            gpu.memory().write(physical, bytes, done, part);
            BoLocation location = gpu.locate(physical);
            if (location != null) {
                gpu.simulation()
                        .emit(
                                track,
                                new MemoryEvent.MemWrite(
                                        location.boId(),
                                        location.offset(),
                                        Arrays.copyOfRange(bytes, done, done + part),
                                        MemoryEvent.MemoryWriter.FIRMWARE));
            }
            done += part;
        }
    }

    /// Shows every word that an event has told of, with the value memory holds now.
    void project(ProjectionSink sink) {
        for (Word word : told.values()) {
            long physical = gpu.mmu().translate(MCU_AS, word.va(), Access.READ);
            if (physical >= 0) {
                long value =
                        word.size() == 8
                                ? gpu.memory().read64(physical)
                                : gpu.memory().read32(physical) & 0xffff_ffffL;
                sink.word(word.block(), word.name(), value);
            }
        }
    }

    private void remember(String block, String name, long va, int size) {
        told.putIfAbsent(block + "." + name, new Word(block, name, va, size));
    }

    private void told(String block, String word, int size, long value) {
        gpu.simulation().emit(track, new FirmwareEvent.FwWrite(block, word, size, value, true));
    }

    private long physical(long va, Access access) {
        long physical = gpu.mmu().translate(MCU_AS, va, access);
        if (physical >= 0) {
            return physical;
        }
        crash.crashed(va, (int) -physical, access);
        return -1;
    }

    private static int part(long va, int length) {
        int frame = PhysicalMemory.FRAME_BYTES;
        return Math.min(length, frame - (int) (va % frame));
    }
}
