package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.state.view.StreamRow.Status;

import java.util.Set;

/// A buffer a stream calls, with what is known of the registers where it is entered.
final class CalledBuffer implements StreamBlock {
    /// Words shown of one buffer; panvk's are some hundred.
    static final int MAX_WORDS = 1 << 13;

    /// CALLs inside each other that are followed.
    ///
    /// ASSUMPTION: as deep as Mesa's interpreter follows them on G610.
    static final int MAX_DEPTH = 8;

    private final StreamContext context;
    private final long va;
    private final int depth;
    private final @Nullable Status callStatus;
    private final StreamWords words;
    private final StreamFlow flow;

    private CalledBuffer(
            StreamContext context,
            long va,
            int count,
            int depth,
            @Nullable Status callStatus,
            ConstantRegisters entry) {
        this.context = context;
        this.va = va;
        this.depth = depth;
        this.callStatus = callStatus;
        words = context.words(va, count);
        flow = new StreamFlow(context.isa(), words, entry);
    }

    /// The buffer a word enters, or null.
    ///
    /// @param depth calls around the buffer
    /// @param callStatus how far the calling word has come
    static @Nullable CalledBuffer of(
            StreamContext context,
            WordReading.@Nullable CallTarget call,
            int depth,
            @Nullable Status callStatus,
            ConstantRegisters entry) {
        if (call == null || depth > MAX_DEPTH) {
            return null;
        }
        Long va = call.va();
        Long sizeBytes = call.sizeBytes();
        if (va == null || sizeBytes == null || sizeBytes < Long.BYTES || va % Long.BYTES != 0) {
            return null;
        }
        int count = (int) Math.min(sizeBytes / Long.BYTES, MAX_WORDS);
        return new CalledBuffer(context, va, count, depth, callStatus, entry);
    }

    @Override
    public int size() {
        return words.size();
    }

    @Override
    public StreamRow row(int index) {
        Long word = words.word(index);
        long address = va + (long) index * Long.BYTES;
        return new StreamRow(
                depth,
                (long) index * Long.BYTES,
                -1,
                address,
                word,
                status(address),
                Set.of(),
                Set.of(),
                words.writer(index),
                word == null ? null : context.reader().read(word, flow.before(index)));
    }

    @Override
    public int indexOf(long offset) {
        return offset % Long.BYTES == 0 && offset >= 0 && offset / Long.BYTES < words.size()
                ? (int) (offset / Long.BYTES)
                : -1;
    }

    @Override
    public @Nullable CalledBuffer called(int index) {
        StreamRow row = row(index);
        WordReading reading = row.reading();
        return reading == null
                ? null
                : of(context, reading.call(), depth + 1, row.status(), flow.before(index));
    }

    /// Index of the word at an address, or -1 when it lies elsewhere.
    int indexOfAddress(long address) {
        return indexOf(address - va);
    }

    /// Whether a word enters another buffer.
    boolean isCall(int index) {
        return StreamContext.isCall(words.wordOrUndefined(index));
    }

    /// As far as the calling word has come; while it is being executed words before the current one
    /// are done, unless branches leave the order open.
    private @Nullable Status status(long address) {
        if (callStatus != Status.EXECUTING) {
            return callStatus;
        }
        Long current = context.currentIn(va, words.size());
        if (current == null) {
            return null;
        }
        if (address == current) {
            return Status.EXECUTING;
        }
        return flow.hasBranch() ? null : address < current ? Status.CONSUMED : Status.FETCHED;
    }
}
