package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

/// Takes the live state of the firmware, for comparison with the state reduced from its events.
public interface ProjectionSink {
    /// A word of a firmware interface that events have told of.
    ///
    /// @param block `GLB`, `CSG0`, `CSG0.CS1`
    /// @param name as in panthor_fw.h
    void word(String block, String name, long value);

    /// A register of the GPU that events have told of; of no interest to most.
    ///
    /// @param name as in panthor_regs.h
    default void register(String name, long value) {}

    /// A tiler heap context, as events last told of it.
    ///
    /// @param vmId whose address space it is in, or null
    /// @param chunk told last, or null
    default void heap(
            @Nullable Integer vmId,
            long contextVa,
            HeapStep step,
            int vtStart,
            int vtEnd,
            int fragEnd,
            @Nullable Long chunk) {}

    /// A stream that has been started since the machine was made.
    void stream(int csg, int cs, CommandStream stream);
}
