package org.panscope.core.user;

import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.WaitKind;

/// A hardware sync object in a mapped buffer, as the CPU side of a client sees it: a value that the
/// GPU, the kernel and the client itself may change (`panthor_sched.c: panthor_syncobj_32b`,
/// `panthor_syncobj_64b`).
public final class SyncObject {
    private final DrmFile file;
    private final UserBuffer buffer;
    private final int vm;
    private final long offset;
    private final long va;
    private final boolean wide;

    /// A sync object at a place of a buffer.
    ///
    /// @param vm handle of the VM in which `va` is meant
    /// @param offset in the buffer
    /// @param va where the GPU sees it
    /// @param wide 64-bit value, else 32-bit
    public SyncObject(DrmFile file, UserBuffer buffer, int vm, long offset, long va, boolean wide) {
        this.file = file;
        this.buffer = buffer;
        this.vm = vm;
        this.offset = offset;
        this.va = va;
        this.wide = wide;
    }

    public long va() {
        return va;
    }

    /// Whether its value has 64 bits, not 32.
    public boolean isWide() {
        return wide;
    }

    /// Looks at the value.
    public long load() {
        file.spend(file.timings().loadNs());
        long value = peek();
        file.emit(file.track(), new UserLoad(LoadedWord.SYNC_OBJECT, null, null, va, value));
        return value;
    }

    /// Looks at the error word behind the value.
    public int loadError() {
        file.spend(file.timings().loadNs());
        return buffer.mapping().load32(offset + (wide ? Long.BYTES : Integer.BYTES));
    }

    /// Stores a value; the kernel learns of it only by SYNC_UPDATE.
    public void store(long value) {
        file.spend(file.timings().storeNs());
        long before = peek();
        if (wide) {
            buffer.mapping().store64(offset, value);
        } else {
            buffer.mapping().store32(offset, (int) value);
        }
        long vmId = file.identities().vm(file.fileId(), vm);
        long bo = buffer.identity();
        file.sim()
                .follow(
                        TrackNames.syncObjects(file.sim()),
                        new SyncMem(
                                Math.toIntExact(vmId),
                                va,
                                wide ? 8 : 4,
                                before,
                                peek(),
                                null,
                                null,
                                SyncWriter.CPU_USER,
                                null,
                                null,
                                bo == Identities.UNKNOWN ? null : (Integer) (int) bo,
                                offset));
    }

    /// Polls until the value is greater than `ref`, unsigned.
    ///
    /// @return whether it became so in time
    public boolean awaitGreaterThan(long ref, long timeoutNs) {
        String object = "sync:0x" + Long.toHexString(va);
        long startNs = file.sim().nowNs();
        file.waitBegin(WaitKind.SYNC_OBJECT, object, timeoutNs);
        long value = load();
        while (Long.compareUnsigned(value, ref) <= 0) {
            if (timeoutNs != WaitQueue.FOREVER && file.sim().nowNs() - startNs >= timeoutNs) {
                file.waitEnd(WaitKind.SYNC_OBJECT, object, value, Errno.ETIME);
                return false;
            }
            file.spend(file.timings().pollNs());
            value = peek();
        }
        file.waitEnd(WaitKind.SYNC_OBJECT, object, value, 0);
        return true;
    }

    private long peek() {
        return wide
                ? buffer.mapping().load64(offset)
                : Integer.toUnsignedLong(buffer.mapping().load32(offset));
    }
}
