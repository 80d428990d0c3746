package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.MemoryEvent.MemWrite;
import org.panscope.trace.event.MemoryEvent.MemoryWriter;

/// A buffer object as its owner holds it: a handle, and bytes once it is mapped.
public final class UserBuffer {
    private static final int LINE_BYTES = 64;

    private final DrmFile file;
    private final int handle;
    private final long sizeBytes;
    private final long identity;
    private @Nullable Mapping mapping;

    UserBuffer(DrmFile file, int handle, long sizeBytes) {
        this.file = file;
        this.handle = handle;
        this.sizeBytes = sizeBytes;
        this.identity = file.identities().bufferObject(file.fileId(), handle);
    }

    public int handle() {
        return handle;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /// The object's number in the trace, or [Identities#UNKNOWN].
    public long identity() {
        return identity;
    }

    public boolean isMapped() {
        return mapping != null;
    }

    void mapped(Mapping newMapping) {
        mapping = newMapping;
    }

    void unmapped() {
        mapping = null;
    }

    /// The CPU mapping.
    ///
    /// @throws IllegalStateException before [MemoryClient#mmap]
    public Mapping mapping() {
        Mapping present = mapping;
        if (present == null) {
            throw new IllegalStateException("bo handle=" + handle + " is not mapped");
        }
        return present;
    }

    /// memcpy into the buffer.
    public void store(long offset, byte[] bytes) {
        int lines = Math.ceilDiv(bytes.length, LINE_BYTES);
        file.spend(file.timings().ringLineNs() * lines);
        mapping().store(offset, bytes);
        if (identity != Identities.UNKNOWN) {
            file.sim()
                    .follow(
                            TrackNames.memory(file.sim()),
                            new MemWrite(
                                    Math.toIntExact(identity),
                                    offset,
                                    bytes.clone(),
                                    MemoryWriter.USER));
        }
    }
}
