package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.List;

/// A place in a file, which is a chunk and a position in it.
final class ChunkCursor implements EventCursor {
    private final PscopeReader reader;
    private final long end;
    private long seq;
    private int chunkNumber = -1;
    private long chunkFirst;
    private long chunkEnd;
    private int index;
    private @Nullable EventChunk chunk;
    private @Nullable TypeBlock block;
    private int row;

    ChunkCursor(PscopeReader reader, long fromSeq) {
        this.reader = reader;
        end = reader.eventCount();
        seq = fromSeq - 1;
    }

    @Override
    public boolean next() {
        if (seq + 1 >= end) {
            return false;
        }
        seq++;
        block = null;
        if (seq >= chunkEnd) {
            chunkNumber = chunkNumber < 0 ? reader.chunkOf(seq) : chunkNumber + 1;
            chunk = reader.chunk(chunkNumber);
            chunkFirst = reader.firstSeq(chunkNumber);
            chunkEnd = chunkFirst + chunk.count();
        }
        index = (int) (seq - chunkFirst);
        return true;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long timeNs() {
        return chunk().time(index);
    }

    @Override
    public int typeIndex() {
        return chunk().typeIndex(index);
    }

    @Override
    public EventTypeInfo type() {
        return chunk().type(index);
    }

    @Override
    public int track() {
        return chunk().track(index);
    }

    @Override
    public long cause() {
        long cause = chunk().storedCause(index);
        SeqMap seqs = reader.seqs();
        return seqs.isIdentity() || cause < 0 ? cause : seqs.dense(cause);
    }

    @Override
    public boolean isCauseInferred() {
        return chunk().isCauseInferred(index);
    }

    @Override
    public int cpu() {
        return chunk().cpu(index);
    }

    @Override
    public int pid() {
        return chunk().pid(index);
    }

    @Override
    public @Nullable String comm() {
        try {
            return chunk().comm(index);
        } catch (TraceFormatException e) {
            throw reader.unreadable(chunkNumber, e);
        }
    }

    @Override
    public @Nullable String context() {
        try {
            return chunk().context(index);
        } catch (TraceFormatException e) {
            throw reader.unreadable(chunkNumber, e);
        }
    }

    @Override
    public @Nullable String locks() {
        try {
            return chunk().locks(index);
        } catch (TraceFormatException e) {
            throw reader.unreadable(chunkNumber, e);
        }
    }

    @Override
    public boolean isPresent(int field) {
        return block().isPresent(row, field) && !isLostReference(field);
    }

    @Override
    public long longValue(int field) {
        long value = block().number(row, field);
        return isReference(field) && value >= 0 ? Math.max(0, reader.seqs().dense(value)) : value;
    }

    @Override
    public @Nullable Object value(int field) {
        try {
            Object value = block().value(row, field);
            if (value instanceof Long seqOfEvent && isReference(field) && seqOfEvent >= 0) {
                long dense = reader.seqs().dense(seqOfEvent);
                return dense < 0 ? null : (Object) dense;
            }
            return value;
        } catch (TraceFormatException e) {
            throw reader.unreadable(chunkNumber, e);
        }
    }

    @Override
    public Event event() {
        EventHeader header =
                new EventHeader(
                        timeNs(),
                        track(),
                        cause(),
                        isCauseInferred(),
                        cpu(),
                        pid(),
                        comm(),
                        context(),
                        locks());
        EventTypeInfo type = type();
        @Nullable Object[] values = new Object[type.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        return new Event(seq, header, type, values);
    }

    /// Whether a field holds the number of another event and numbers have moved.
    private boolean isReference(int field) {
        if (reader.seqs().isIdentity()) {
            return false;
        }
        List<FieldInfo> fields = type().fields();
        FieldInfo info = fields.get(field);
        return info.kind() == FieldKind.INT && info.unit() == Unit.EVENT;
    }

    private boolean isLostReference(int field) {
        return isReference(field)
                && block().number(row, field) >= 0
                && reader.seqs().dense(block().number(row, field)) < 0;
    }

    private EventChunk chunk() {
        if (chunk == null) {
            throw new IllegalStateException("next() has not been called");
        }
        return chunk;
    }

    private TypeBlock block() {
        if (block == null) {
            try {
                block = chunk().block(index);
                row = chunk().row(index);
            } catch (TraceFormatException e) {
                throw reader.unreadable(chunkNumber, e);
            }
        }
        return block;
    }
}
