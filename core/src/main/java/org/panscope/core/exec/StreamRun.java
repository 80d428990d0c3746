package org.panscope.core.exec;

import org.panscope.core.fw.StandaloneStream;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Disassembler;
import org.panscope.core.isa.Isa;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A run of one command stream in the interpreter alone: load memory, set registers, run. The
/// semantics and their open points are those of the emulated GPU.
public final class StreamRun {
    private final StandaloneStream stream;
    private final Disassembler disassembler;
    private final StreamWarnings warnings;
    private long entry;
    private long sizeBytes;
    private boolean isRing;

    /// How a run ended.
    ///
    /// @param completed whether the stream ran to its end
    /// @param reason `end`, or one line saying what stopped it
    /// @param registers the register file
    /// @param faults recoverable faults reported on the way, a line each
    /// @param warnings what correct code does not do, a line each
    public record End(
            boolean completed,
            String reason,
            int[] registers,
            List<String> faults,
            List<String> warnings) {}

    /// Prepares a run with zeroed registers and no memory.
    ///
    /// @param architecture major number of the architecture, such as 10
    /// @param settings parameters of the emulated GPU that differ from their defaults
    /// @throws IllegalArgumentException when the architecture or a parameter is unknown
    public StreamRun(int architecture, Map<String, Long> settings) {
        GpuParameters parameters =
                GpuParameters.defaults().withArchitecture(Isa.of(architecture).architecture());
        for (Map.Entry<String, Long> setting : settings.entrySet()) {
            parameters = parameters.with(setting.getKey(), setting.getValue());
        }
        stream = new StandaloneStream(parameters);
        Isa isa = Isa.of(parameters.architecture());
        disassembler = new Disassembler(isa);
        warnings = new StreamWarnings(isa);
    }

    /// Makes every access to memory that was not loaded a bus fault; else it reads as zero and can
    /// be stored to.
    public void setStrict(boolean strict) {
        stream.setStrict(strict);
    }

    /// Goes on behind a sync wait that does not hold.
    public void setPassSyncWaits(boolean pass) {
        stream.setPassSyncWaits(pass);
    }

    /// Puts bytes at an address.
    ///
    /// @throws IllegalArgumentException when there are none or too many, or they overlap others
    public void load(long va, byte[] bytes) {
        stream.load(va, bytes);
    }

    /// Sets a 32-bit register.
    ///
    /// @throws IllegalArgumentException when there is no such register
    public void setRegister(int number, int value) {
        stream.setRegister(number, value);
    }

    /// Sets the buffer to execute.
    ///
    /// @param usermodeQueue whether it is the root ring itself (call depth 0) and not called from
    ///   one (depth 1)
    /// @throws IllegalArgumentException when address or size is no multiple of 8, or the buffer
    ///   reaches past the end of the address space
    public void setEntry(long va, long bytes, boolean usermodeQueue) {
        if (va % Long.BYTES != 0 || bytes % Long.BYTES != 0) {
            throw new IllegalArgumentException("entry and size must be multiples of 8");
        }
        if (Long.compareUnsigned(va + bytes, va) < 0) {
            throw new IllegalArgumentException("the buffer ends past the address space");
        }
        entry = va;
        sizeBytes = bytes;
        isRing = usermodeQueue;
    }

    /// Ends the run behind the instruction that was told last.
    public void stop() {
        stream.stop();
    }

    /// Executes the buffer until its end or until something stops it.
    ///
    /// @param limit most instructions to execute
    public End run(long limit, Consumer<ExecutedInstruction> listener) {
        StandaloneStream.End end =
                stream.run(entry, sizeBytes, isRing, limit, executed -> tell(executed, listener));
        return new End(
                end.reason().equals(StandaloneStream.End.REACHED),
                end.reason(),
                end.registers(),
                end.faults(),
                warnings.lines());
    }

    private void tell(StandaloneStream.Executed executed, Consumer<ExecutedInstruction> listener) {
        long word = executed.word();
        warnings.look(executed.address(), word, stream.otherSlot(), stream.waitMask());
        listener.accept(
                new ExecutedInstruction(
                        executed.address(), word, executed.depth(), disassembler.textOf(word)));
    }

    /// Memory after the run; what was neither loaded nor stored to is zero.
    public byte[] memory(long va, int length) {
        return stream.read(va, length);
    }
}
