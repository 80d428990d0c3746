package org.panscope.core.fw;

import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.hw.GpuParameters;

/// What START, RESUME and EP_CFG take over from CSG_INPUT: the endpoints a group may use.
///
/// ```
/// request  [7:0] compute cores  [15:8] fragment cores  [19:16] tilers
///          20 exclusive compute  21 exclusive fragment  [31:28] priority, 15 highest
/// ```
///
/// kernel: panthor_sched.c: csg_slot_prog_locked
///
/// @param compute cores for compute, one bit each
/// @param fragment cores for fragment work
/// @param tilers tilers
/// @param request endpoint_req, or the low half of endpoint_req2
record EndpointConfig(long compute, long fragment, int tilers, int request) {
    static final EndpointConfig NONE = new EndpointConfig(0, 0, 0, 0);

    private static final int FIRST_VERSION_WITH_REQ2 = 0x0400_0000;
    private static final int COMPUTE = 1;
    private static final int FRAGMENT = 2;
    private static final int TILER_OR_IDVS = 0xc;
    private static final int EXCLUSIVE_AND_PRIORITY = 0xf030_0000;

    static EndpointConfig read(McuMemory memory, long csgInput, GpuParameters parameters) {
        int version = parameters.getInt(GpuParameters.VERSION);
        boolean hasReq2 = Integer.compareUnsigned(version, FIRST_VERSION_WITH_REQ2) >= 0;
        return new EndpointConfig(
                memory.read64(csgInput + CsgInput.ALLOW_COMPUTE),
                memory.read64(csgInput + CsgInput.ALLOW_FRAGMENT),
                memory.read32(csgInput + CsgInput.ALLOW_OTHER),
                hasReq2
                        ? (int) memory.read64(csgInput + CsgInput.ENDPOINT_REQ2)
                        : memory.read32(csgInput + CsgInput.ENDPOINT_REQ));
    }

    /// Whether the group may use all endpoint kinds of a REQ_RESOURCE mask.
    boolean allows(int kinds) {
        return ((kinds & COMPUTE) == 0 || compute != 0)
                && ((kinds & FRAGMENT) == 0 || fragment != 0)
                && ((kinds & TILER_OR_IDVS) == 0 || tilers != 0);
    }

    /// The request cut down to what there is, as status_endpoint_current has it.
    int granted() {
        int computeCores = Math.min(request & 0xff, Long.bitCount(compute));
        int fragmentCores = Math.min(request >> 8 & 0xff, Long.bitCount(fragment));
        int tilerCount = Math.min(request >> 16 & 0xf, Integer.bitCount(tilers));
        return (request & EXCLUSIVE_AND_PRIORITY)
                | tilerCount << 16
                | fragmentCores << 8
                | computeCores;
    }
}
