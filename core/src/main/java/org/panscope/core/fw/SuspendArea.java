package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwLayout.CsgInput;

/// The suspend buffer the host gave to the group on a slot: one context for each stream, behind
/// them what the streams share. A host that gives none loses the contexts.
final class SuspendArea {
    private final McuMemory memory;
    private final long csgInput;
    private final int streams;

    /// @param csgInput MCU address of the slot's CSG_INPUT block
    SuspendArea(McuMemory memory, long csgInput, int streams) {
        this.memory = memory;
        this.csgInput = csgInput;
        this.streams = streams;
    }

    void save(int stream, byte[] context) {
        if (buffer() != 0) {
            memory.writeBytes(address(stream), context);
        }
    }

    /// The context of a stream, or null when there is no buffer.
    byte @Nullable [] load(int stream) {
        return buffer() == 0
                ? null
                : memory.readBytes(address(stream), SuspendBuffer.BYTES_PER_STREAM);
    }

    void saveShared(int[] slots) {
        save(streams, SuspendBuffer.ofGroup(slots));
    }

    void loadShared(int[] slots) {
        if (buffer() != 0) {
            byte[] bytes = memory.readBytes(address(streams), SuspendBuffer.BYTES_OF_GROUP);
            SuspendBuffer.restoreGroup(slots, bytes);
        }
    }

    private long buffer() {
        return memory.read64(csgInput + CsgInput.SUSPEND_BUF);
    }

    private long address(int stream) {
        return buffer() + (long) stream * SuspendBuffer.BYTES_PER_STREAM;
    }
}
