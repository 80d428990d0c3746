package org.panscope.core.fw;

import org.panscope.core.fw.endpoint.EndpointClaim;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Opcodes;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;

/// A job of RUN_* or FINISH_TILING: what it needs, how long it takes, and how it will fail. Its
/// staging registers were read when it was issued; what it would compute is not modelled.
///
/// @param kinds endpoints it needs, a mask
/// @param main the kind whose cores share the work
/// @param pc address of its instruction
/// @param workNs time it takes on one core
/// @param leastNs time it takes at least
/// @param exception what it fails with, or 0
/// @param info of the failure
record EndpointJob(
        int kinds,
        EndpointKind main,
        long pc,
        long workNs,
        long leastNs,
        int exception,
        long info) {

    /// What REQ_RESOURCE calls the endpoints an instruction needs: bit 0 compute, 1 fragment, 2
    /// tiler, 3 IDVS.
    static int resourceOf(int opcode) {
        return switch (opcode) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT -> Resource.COMPUTE;
            case Opcodes.RUN_FRAGMENT -> Resource.FRAGMENT;
            case Opcodes.RUN_IDVS, Opcodes.RUN_IDVS2 -> Resource.IDVS;
            default -> Resource.TILER;
        };
    }

    /// The kinds of endpoint that a REQ_RESOURCE mask stands for.
    static int kindsOf(int resources, GpuParameters parameters) {
        int kinds = 0;
        if ((resources & Resource.COMPUTE) != 0) {
            kinds |= EndpointClaim.bit(EndpointKind.COMPUTE);
        }
        if ((resources & Resource.FRAGMENT) != 0) {
            kinds |= EndpointClaim.bit(EndpointKind.FRAGMENT);
        }
        if ((resources & (Resource.TILER | Resource.IDVS)) != 0) {
            kinds |= EndpointClaim.bit(EndpointKind.TILER);
        }
        boolean shades = parameters.isOn(GpuParameters.IDVS_NEEDS_CORES);
        if (shades && (resources & Resource.IDVS) != 0) {
            kinds |= EndpointClaim.bit(EndpointKind.COMPUTE);
        }
        return kinds;
    }

    /// Whether the tiler takes part.
    boolean usesTiler() {
        return (kinds & EndpointClaim.bit(EndpointKind.TILER)) != 0;
    }

    /// How long it runs on so many cores.
    long durationNs(int cores) {
        return Math.max(leastNs, Math.ceilDiv(workNs, Math.max(1, cores)));
    }

    /// Bits of REQ_RESOURCE.
    static final class Resource {
        static final int COMPUTE = 1;
        static final int FRAGMENT = 1 << 1;
        static final int TILER = 1 << 2;
        static final int IDVS = 1 << 3;
        static final int ALL = COMPUTE | FRAGMENT | TILER | IDVS;

        private Resource() {}
    }
}
