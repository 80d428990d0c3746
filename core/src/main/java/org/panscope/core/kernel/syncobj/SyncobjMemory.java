package org.panscope.core.kernel.syncobj;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The words of a sync object behind a kernel mapping: plain loads and stores, each an access of
/// its own. Nothing checks that they lie inside the buffer object or are aligned.
///
/// ```
/// 32-bit  0  u32 value   4  u32 error
/// 64-bit  0  u64 value   8  u32 error   12  u32 pad
/// ```
///
/// RFC patch 5/8: panthor_syncobj.c, struct panthor_syncobj_32b, struct panthor_syncobj_64b
public final class SyncobjMemory {
    /// Where it lies.
    ///
    /// @param vmId address space its address is meant in
    /// @param va GPU address
    /// @param bo buffer object that holds it
    /// @param offset first byte in that object
    /// @param sync64 16-byte object with a 64-bit value, else 8-byte object
    public record Place(int vmId, long va, GemObject bo, long offset, boolean sync64) {}

    /// Who stores.
    ///
    /// @param gid group it concerns, if one
    /// @param queue index in that group
    public record Writer(SyncWriter writer, @Nullable Long gid, @Nullable Integer queue) {
        /// An operation of an XGS job.
        public static final Writer XGS = new Writer(SyncWriter.XGS, null, null);
    }

    private final KernelContext kernel;
    private final Place place;
    private final Writer writer;
    private final int valueBytes;

    public SyncobjMemory(KernelContext kernel, Place place, Writer writer) {
        this.kernel = kernel;
        this.place = place;
        this.writer = writer;
        valueBytes = place.sync64() ? Long.BYTES : Integer.BYTES;
    }

    public Place place() {
        return place;
    }

    /// 0 when it lies outside the buffer object.
    public long value() {
        kernel.spend(kernel.timings().registerNs());
        return isInside(0, valueBytes, "load of the value") ? peek(0, valueBytes) : 0;
    }

    /// 0 when it lies outside the buffer object.
    public int error() {
        kernel.spend(kernel.timings().registerNs());
        return isInside(valueBytes, Integer.BYTES, "load of the error")
                ? (int) peek(valueBytes, Integer.BYTES)
                : 0;
    }

    /// Stores the value, cut to the width of the object.
    public void storeValue(long value) {
        kernel.spend(kernel.timings().registerNs());
        if (isInside(0, valueBytes, "store of the value")) {
            long before = peek(0, valueBytes);
            poke(0, valueBytes, value);
            tell(before, null, null);
        }
    }

    public void storeError(int error) {
        kernel.spend(kernel.timings().registerNs());
        if (isInside(valueBytes, Integer.BYTES, "store of the error")) {
            int before = (int) peek(valueBytes, Integer.BYTES);
            poke(valueBytes, Integer.BYTES, error);
            tell(peek(0, valueBytes), before, error);
        }
    }

    /// Beyond the mapping lies a guard page.
    ///
    /// ASSUMPTION: kernel.oops
    private boolean isInside(int at, int bytes, String access) {
        long first = place.offset() + at;
        boolean inside = first + bytes <= place.bo().sizeBytes();
        if (!inside) {
            kernel.sim()
                    .emit(
                            kernel.kernelTrack(),
                            new KernelEvent.Warn(
                                    WarnKind.OOPS,
                                    "panthor_syncobj",
                                    access
                                            + " at offset "
                                            + first
                                            + " of bo:"
                                            + place.bo().id()
                                            + ", which has "
                                            + place.bo().sizeBytes()
                                            + " bytes"));
        }
        return inside;
    }

    private long peek(int at, int bytes) {
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        word.put(0, place.bo().buffer().read(place.offset() + at, bytes));
        return word.getLong(0);
    }

    private void poke(int at, int bytes, long value) {
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        word.putLong(0, value);
        byte[] stored = new byte[bytes];
        word.get(0, stored);
        place.bo().buffer().write(place.offset() + at, stored);
    }

    private void tell(long oldValue, @Nullable Integer oldError, @Nullable Integer newError) {
        kernel.sim()
                .emit(
                        TrackNames.syncObjects(kernel.sim()),
                        new SyncMem(
                                place.vmId(),
                                place.va(),
                                valueBytes,
                                oldValue,
                                peek(0, valueBytes),
                                oldError,
                                newError,
                                writer.writer(),
                                writer.gid(),
                                writer.queue(),
                                place.bo().id(),
                                place.offset()));
    }
}
