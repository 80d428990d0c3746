package org.panscope.core.hw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/// Registers by offset, each with what software may do to it: a write to a read-only one changes
/// nothing, a write-only one reads as 0, and so does an offset where there is none. A kept value
/// that changes, and a command that is written, is told by an event.
///
/// 64-bit registers are two words, low first; either half can be written by itself.
final class RegisterFile {
    private final TreeMap<Long, Register> registers = new TreeMap<>();
    private final Simulation simulation;
    private final int track;

    /// A register: it either shows what its reader says and hands what is written to its command,
    /// or keeps what is written and tells its listener.
    private static final class Register {
        private final String name;
        private final long offset;
        private final int sizeBytes;
        private @Nullable LongSupplier reader;
        private LongConsumer command = RegisterFile::nothing;
        private BooleanSupplier writable = () -> true;
        private LongConsumer listener = RegisterFile::nothing;
        private boolean isTold = true;
        private boolean isCommand;
        private boolean wasTold;
        private long kept;

        Register(String name, long offset, int sizeBytes) {
            this.name = name;
            this.offset = offset;
            this.sizeBytes = sizeBytes;
        }

        private long read() {
            return reader == null ? kept : reader.getAsLong();
        }

        /// A value without the bits the register does not have.
        private long cut(long value) {
            return sizeBytes == Integer.BYTES ? value & 0xffff_ffffL : value;
        }
    }

    /// @param track where its events go
    RegisterFile(Simulation simulation, int track) {
        this.simulation = simulation;
        this.track = track;
    }

    // ---- declaring ----------------------------------------------------------------------------

    /// A read-only register.
    void readOnly(String name, long offset, int sizeBytes, LongSupplier reader) {
        Register register = add(name, offset, sizeBytes);
        register.reader = reader;
        register.isTold = false;
    }

    /// A write-only register. The command gets the bits written, those of a high half in place.
    void writeOnly(String name, long offset, int sizeBytes, LongConsumer command) {
        Register register = add(name, offset, sizeBytes);
        register.reader = () -> 0;
        register.isCommand = true;
        register.command = command;
    }

    /// A register whose reads and writes have nothing to do with each other. Its writes are told by
    /// events of what they do.
    void readAndCommand(String name, long offset, LongSupplier reader, LongConsumer command) {
        Register register = add(name, offset, Integer.BYTES);
        register.reader = reader;
        register.command = command;
        register.isTold = false;
    }

    /// A register that keeps what is written.
    void readWrite(String name, long offset, int sizeBytes) {
        readWrite(name, offset, sizeBytes, RegisterFile::nothing);
    }

    /// A register that keeps what is written, and somebody is told its whole value then.
    void readWrite(String name, long offset, int sizeBytes, LongConsumer listener) {
        add(name, offset, sizeBytes).listener = listener;
    }

    /// A register that keeps what is written while it may be written.
    void guarded(String name, long offset, BooleanSupplier writable) {
        add(name, offset, Integer.BYTES).writable = writable;
    }

    private Register add(String name, long offset, int sizeBytes) {
        Register register = new Register(name, offset, sizeBytes);
        if (registers.put(offset, register) != null) {
            throw new IllegalStateException("two registers at offset=" + offset);
        }
        return register;
    }

    private static void nothing(long value) {
        // Nobody cares.
    }

    // ---- access by software -------------------------------------------------------------------

    int read32(long offset) {
        Register register = at(offset);
        if (register == null) {
            return 0;
        }
        long value = register.read();
        return (int) (offset == register.offset ? value : value >>> 32);
    }

    void write32(long offset, int value) {
        Register register = at(offset);
        if (register == null) {
            return;
        }
        boolean isLow = offset == register.offset;
        long bits = isLow ? value & 0xffff_ffffL : (long) value << 32;
        if (register.reader == null) {
            keep(register, bits, isLow);
        } else if (isLow || bits != 0) {
            if (register.isTold) {
                tell(register, bits);
            }
            register.command.accept(bits);
        }
    }

    private void keep(Register register, long bits, boolean isLow) {
        if (register.writable.getAsBoolean()) {
            long others = register.kept & (isLow ? 0xffff_ffff_0000_0000L : 0xffff_ffffL);
            set(register, others | bits);
            register.listener.accept(register.kept);
        }
    }

    // ---- access by hardware -------------------------------------------------------------------

    /// What a register keeps.
    long kept(long offset) {
        return get(offset).kept;
    }

    /// Tells that a register whose value the hardware computes has changed.
    void changed(long offset, long value) {
        tell(get(offset), value);
    }

    /// Every register keeps 0 again, some excepted.
    void reset(Set<Long> excepted) {
        for (Register register : registers.values()) {
            if (!excepted.contains(register.offset)) {
                set(register, 0);
            }
        }
    }

    /// Shows every register that can be read and that an event has told of.
    void project(ObjLongConsumer<String> sink) {
        for (Register register : registers.values()) {
            if (register.wasTold && !register.isCommand) {
                sink.accept(register.name, register.cut(register.read()));
            }
        }
    }

    private @Nullable Register at(long offset) {
        Map.Entry<Long, Register> entry = registers.floorEntry(offset);
        if (entry == null || offset % Integer.BYTES != 0) {
            return null;
        }
        Register register = entry.getValue();
        return offset < register.offset + register.sizeBytes ? register : null;
    }

    private Register get(long offset) {
        Register register = registers.get(offset);
        if (register == null) {
            throw new IllegalStateException("no register at offset=" + offset);
        }
        return register;
    }

    private void set(Register register, long value) {
        if (register.kept != value) {
            register.kept = value;
            tell(register, value);
        }
    }

    private void tell(Register register, long value) {
        register.wasTold = true;
        simulation.emit(
                track,
                new FirmwareEvent.RegWrite(register.offset, register.name, register.cut(value)));
    }
}
