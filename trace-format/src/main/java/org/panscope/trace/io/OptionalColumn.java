package org.panscope.trace.io;

/// A column of numbers in which values may be absent.
final class OptionalColumn {
    static final int ALL = 0;
    static final int NONE = 1;
    static final int SOME = 2;

    private final int presence;
    private final byte[] bitmap;
    private final int bitmapOffset;
    private final LongColumn values;

    private OptionalColumn(int presence, byte[] bitmap, int bitmapOffset, LongColumn values) {
        this.presence = presence;
        this.bitmap = bitmap;
        this.bitmapOffset = bitmapOffset;
        this.values = values;
    }

    /// Reads a column of `count` values; those absent take no room in it, but have a place in
    /// memory so that access stays direct.
    static OptionalColumn decode(ByteInput in, int count) throws TraceFormatException {
        int presence = count == 0 ? NONE : in.u8();
        return switch (presence) {
            case ALL -> new OptionalColumn(ALL, in.array(), 0, LongColumn.decode(in, count));
            case NONE -> new OptionalColumn(NONE, in.array(), 0, LongColumn.constant(0));
            case SOME -> decodeSome(in, count);
            default -> throw new TraceFormatException("presence code " + presence + " is unknown");
        };
    }

    boolean isPresent(int index) {
        return switch (presence) {
            case ALL -> true;
            case NONE -> false;
            default -> (bitmap[bitmapOffset + (index >> 3)] >> (index & 7) & 1) != 0;
        };
    }

    /// The value, or anything where it is absent.
    long get(int index) {
        return values.get(index);
    }

    private static OptionalColumn decodeSome(ByteInput in, int count) throws TraceFormatException {
        int bitmap = in.skip((count + 7L) / 8);
        OptionalColumn bits = new OptionalColumn(SOME, in.array(), bitmap, LongColumn.constant(0));
        int present = 0;
        for (int i = 0; i < count; i++) {
            present += bits.isPresent(i) ? 1 : 0;
        }
        LongColumn dense = LongColumn.decode(in, present);
        return new OptionalColumn(SOME, in.array(), bitmap, bits.spread(dense, count));
    }

    private LongColumn spread(LongColumn dense, int count) {
        if (dense.isConstant()) {
            return dense;
        }
        long[] values = new long[count];
        long last = dense.get(0);
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (isPresent(i)) {
                last = dense.get(next++);
            }
            values[i] = last;
        }
        return LongColumn.pack(values, count);
    }
}
