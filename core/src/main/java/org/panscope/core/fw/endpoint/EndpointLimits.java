package org.panscope.core.fw.endpoint;

import org.panscope.trace.event.FirmwareEvent.EndpointKind;

/// What a group may use, as its CSG interface says.
///
/// @param computeCores cores allowed for compute
/// @param fragmentCores cores allowed for fragment work
/// @param tilers tilers allowed
/// @param request CSG_EP_REQ: most cores and tilers, exclusive bits, priority
///
///   kernel: panthor_fw.h: allow_compute, allow_fragment, allow_other, endpoint_req
public record EndpointLimits(long computeCores, long fragmentCores, long tilers, int request) {
    /// A group that may use nothing.
    public static final EndpointLimits NOTHING = new EndpointLimits(0, 0, 0, 0);

    private static final int EXCLUSIVE_COMPUTE = 1 << 20;
    private static final int EXCLUSIVE_FRAGMENT = 1 << 21;
    private static final int EXCLUSIVE_AND_PRIORITY = 0xf030_0000;

    /// Cores, or tilers, it may use for this kind of work.
    public long allowed(EndpointKind kind) {
        return switch (kind) {
            case COMPUTE -> computeCores;
            case FRAGMENT -> fragmentCores;
            case TILER -> tilers;
        };
    }

    /// How many of them at most.
    public int most(EndpointKind kind) {
        return switch (kind) {
            case COMPUTE -> request & 0xff;
            case FRAGMENT -> (request >> 8) & 0xff;
            case TILER -> (request >> 16) & 0xf;
        };
    }

    /// Whether cores it uses for this kind take no work of the other kind from other groups.
    public boolean isExclusive(EndpointKind kind) {
        return switch (kind) {
            case COMPUTE -> (request & EXCLUSIVE_COMPUTE) != 0;
            case FRAGMENT -> (request & EXCLUSIVE_FRAGMENT) != 0;
            case TILER -> false;
        };
    }

    /// The request cut down to what is allowed, as status_endpoint_current has it.
    public int granted() {
        int compute = Math.min(most(EndpointKind.COMPUTE), Long.bitCount(computeCores));
        int fragment = Math.min(most(EndpointKind.FRAGMENT), Long.bitCount(fragmentCores));
        int tilerCount = Math.min(most(EndpointKind.TILER), Long.bitCount(tilers));
        return (request & EXCLUSIVE_AND_PRIORITY) | tilerCount << 16 | fragment << 8 | compute;
    }

    /// 0 to 15, 15 first.
    public int priority() {
        return request >>> 28;
    }
}
