package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Assembler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A stream given as assembly text that runs alone.
final class TestStream {
    private static final long LIMIT = 1000;

    final List<StandaloneStream.Executed> executed = new ArrayList<>();
    private final StandaloneStream stream;
    private final long code;
    private boolean ring;
    private StandaloneStream.End end = new StandaloneStream.End("", new int[0], List.of());

    TestStream(long code, GpuParameters parameters) {
        this.code = code;
        stream = new StandaloneStream(parameters);
    }

    TestStream(long code) {
        this(code, GpuParameters.defaults());
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

    private static long[] assembled(String... lines) {
        return Arrays.stream(lines).mapToLong(Assembler::assemble).toArray();
    }
}
