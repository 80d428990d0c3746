package org.panscope.core.fw;

import org.panscope.core.fwif.FirmwareImage;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.hw.GpuParameters;

/// Where the firmware puts the interface blocks inside the shared section. Control blocks lie where
/// [FwLayout] says; input and output blocks follow behind them, grouped by CSG.
final class InterfaceMap {
    private static final long GLB_INPUT = 0x100;
    private static final long GLB_OUTPUT = 0x200;
    private static final long BLOCK = 0x80;
    private static final long CS_STRIDE = 0x10;
    private static final long CS_IO_STRIDE = 0x180;

    private static final int FIRST_VERSION_WITH_REQ2 = 0x0400_0000;

    private final int groups;
    private final int streams;
    private final int version;

    InterfaceMap(GpuParameters parameters) {
        groups = parameters.getInt(GpuParameters.CSG_SLOTS);
        streams = parameters.getInt(GpuParameters.STREAMS_PER_CSG);
        version = parameters.getInt(GpuParameters.VERSION);
        if (groups < 1 || groups > 31 || streams < 1 || streams > 32) {
            throw new IllegalArgumentException("csgSlots=" + groups + " streams=" + streams);
        }
        if (groupIo(groups) > FwLayout.SHARED_VA + FirmwareImage.SHARED_SIZE) {
            throw new IllegalStateException("interfaces outgrow the shared section");
        }
    }

    int groups() {
        return groups;
    }

    int streams() {
        return streams;
    }

    /// Whether endpoint_req2 stands for endpoint_req.
    boolean hasWideEndpointRequest() {
        return Integer.compareUnsigned(version, FIRST_VERSION_WITH_REQ2) >= 0;
    }

    long glbControl() {
        return FwLayout.SHARED_VA;
    }

    long glbInput() {
        return FwLayout.SHARED_VA + GLB_INPUT;
    }

    long glbOutput() {
        return FwLayout.SHARED_VA + GLB_OUTPUT;
    }

    long groupStride() {
        return align(FwLayout.CS_CONTROL_OFFSET + streams * CS_STRIDE, 0x100);
    }

    long streamStride() {
        return CS_STRIDE;
    }

    long csgControl(int csg) {
        return FwLayout.SHARED_VA + FwLayout.CSG_CONTROL_OFFSET + csg * groupStride();
    }

    long csControl(int csg, int cs) {
        return csgControl(csg) + FwLayout.CS_CONTROL_OFFSET + cs * CS_STRIDE;
    }

    long csgInput(int csg) {
        return groupIo(csg);
    }

    long csgOutput(int csg) {
        return groupIo(csg) + BLOCK;
    }

    long csInput(int csg, int cs) {
        return groupIo(csg) + 2 * BLOCK + cs * CS_IO_STRIDE;
    }

    long csOutput(int csg, int cs) {
        return csInput(csg, cs) + BLOCK;
    }

    private long groupIo(int csg) {
        long first = align(csgControl(groups), 0x1000);
        return first + csg * align(2 * BLOCK + streams * CS_IO_STRIDE, 0x100);
    }

    private static long align(long value, long to) {
        return (value + to - 1) / to * to;
    }
}
