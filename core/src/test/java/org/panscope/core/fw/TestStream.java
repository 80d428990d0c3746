package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A stream given as assembly text that runs alone.
final class TestStream {
    static final long CODE = 0x5000;
    private static final long LIMIT = 1000;

    final List<StandaloneStream.Executed> executed = new ArrayList<>();
    private final StandaloneStream stream;
    private final Assembler assembler;
    private final long code;
    private boolean ring;
    private StandaloneStream.End end = new StandaloneStream.End("", new int[0], List.of());

    TestStream(long code, GpuParameters parameters) {
        this.code = code;
        stream = new StandaloneStream(parameters);
        long architecture = parameters.get(GpuParameters.GPU_ID) >>> 28;
        assembler = new Assembler(Isa.of((int) architecture));
    }

    TestStream(long code) {
        this(code, GpuParameters.defaults());
    }

    TestStream() {
        this(CODE);
    }

    /// With one parameter changed.
    static TestStream with(String parameter, long value) {
        return new TestStream(CODE, GpuParameters.defaults().with(parameter, value));
    }

    static TestStream on(long architecture) {
        return with(GpuParameters.GPU_ID, architecture << 28);
    }

    void strict() {
        stream.setStrict(true);
    }

    /// Lets the entry be the root ring.
    TestStream asRing() {
        ring = true;
        return this;
    }

    void set(int register, int value) {
        stream.setRegister(register, value);
    }

    void set64(int register, long value) {
        set(register, (int) value);
        set(register + 1, (int) (value >>> 32));
    }

    /// Lets compute jobs have one workgroup.
    void setJobSize() {
        for (int register = 37; register < 40; register++) {
            set(register, 1);
        }
    }

    void load(long va, byte[] bytes) {
        stream.load(va, bytes);
    }

    void words(long va, long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        load(va, bytes.array());
    }

    void text(long va, String... lines) {
        words(va, assembled(lines));
    }

    TestStream run(String... lines) {
        return runWords(assembled(lines));
    }

    TestStream runWords(long... words) {
        words(code, words);
        return start(8L * words.length, LIMIT);
    }

    TestStream runFor(long sizeBytes, String... lines) {
        words(code, assembled(lines));
        return start(sizeBytes, LIMIT);
    }

    TestStream limited(long limit, String... lines) {
        words(code, assembled(lines));
        return start(8L * lines.length, limit);
    }

    private TestStream start(long sizeBytes, long limit) {
        end = stream.run(code, sizeBytes, ring, limit, executed::add);
        return this;
    }

    void ended() {
        assertEquals("end", end.reason());
        assertEquals(List.of(), end.faults());
    }

    /// Ended by a fatal report of an instruction.
    void diedOf(int exception, long address) {
        String reason = reason();
        assertTrue(reason.startsWith(ExceptionType.describe(exception)), reason);
        assertTrue(reason.endsWith(String.format(Locale.ROOT, "at 0x%x", address)), reason);
    }

    /// The instruction at an address was refused.
    void invalidAt(long address) {
        diedOf(ExceptionType.CS_INSTR_INVALID, address);
    }

    void endedWith(String reason) {
        assertEquals(reason, end.reason());
    }

    String reason() {
        return Objects.requireNonNull(end.reason());
    }

    List<String> faults() {
        return end.faults();
    }

    int register(int number) {
        return end.registers()[number];
    }

    long pair(int number) {
        return (register(number) & 0xffff_ffffL) | (long) register(number + 1) << 32;
    }

    long memory(long va) {
        return ByteBuffer.wrap(stream.read(va, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    int memory32(long va) {
        return (int) memory(va);
    }

    List<Long> addresses() {
        return executed.stream().map(StandaloneStream.Executed::address).toList();
    }

    List<Integer> depths() {
        return executed.stream().map(StandaloneStream.Executed::depth).toList();
    }

    private long[] assembled(String... lines) {
        return Arrays.stream(lines).mapToLong(assembler::word).toArray();
    }
}
