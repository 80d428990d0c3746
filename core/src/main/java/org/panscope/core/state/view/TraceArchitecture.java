package org.panscope.core.state.view;

import org.panscope.core.isa.Isa;
import org.panscope.trace.io.TraceHeader;

/// The instruction set of the GPU a trace was recorded on.
///
/// @param isa its instruction set
/// @param isAssumed whether the trace does not say which it is
public record TraceArchitecture(Isa isa, boolean isAssumed) {
    /// What is taken where a trace says nothing: the first architecture with command streams.
    public static final TraceArchitecture ASSUMED = new TraceArchitecture(Isa.v10(), true);

    /// Attribute of a trace's header that holds GPU_ID.
    private static final String GPU_ID = "gpu.id";

    private static final int ARCHITECTURE_SHIFT = 28;

    /// The architecture in the GPU_ID of a trace's header: bits 31:28 (`panthor_regs.h`:
    /// `GPU_ARCH_MAJOR`).
    public static TraceArchitecture of(TraceHeader header) {
        String id = header.attributes().get(GPU_ID);
        if (id == null) {
            return ASSUMED;
        }
        try {
            int architecture = (int) (Long.decode(id) >>> ARCHITECTURE_SHIFT) & 0xf;
            return architecture < Isa.FIRST || architecture > Isa.LAST
                    ? ASSUMED
                    : new TraceArchitecture(Isa.of(architecture), false);
        } catch (NumberFormatException e) {
            return ASSUMED; // written by hand: as good as absent
        }
    }

    /// `v10`, or `v10 assumed`.
    @Override
    public String toString() {
        return "v" + isa.architecture() + (isAssumed ? " assumed" : "");
    }
}
