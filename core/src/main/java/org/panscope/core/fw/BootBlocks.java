package org.panscope.core.fw;

import org.panscope.core.fwif.FwLayout.CsControl;
import org.panscope.core.fwif.FwLayout.CsgControl;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Isa;

/// Writes the control blocks that tell the host where everything is.
///
/// kernel: panthor_fw.c: panthor_fw_init_ifaces reads them
final class BootBlocks {
    private static final int COMPUTE_FRAGMENT_TILER = 7 << 16;

    private final McuMemory memory;
    private final InterfaceMap map;
    private final GpuParameters parameters;

    BootBlocks(McuMemory memory, InterfaceMap map, GpuParameters parameters) {
        this.memory = memory;
        this.map = map;
        this.parameters = parameters;
    }

    void write() {
        for (int csg = 0; csg < map.groups(); csg++) {
            group(csg);
            for (int cs = 0; cs < map.streams(); cs++) {
                stream(csg, cs);
            }
        }
        global("input_va", GlbControl.INPUT_VA, (int) map.glbInput());
        global("output_va", GlbControl.OUTPUT_VA, (int) map.glbOutput());
        global("group_num", GlbControl.GROUP_NUM, map.groups());
        global("group_stride", GlbControl.GROUP_STRIDE, (int) map.groupStride());
        global("features", GlbControl.FEATURES, parameters.getInt(GpuParameters.FW_FEATURES));
        global(
                "perfcnt_size",
                GlbControl.PERFCNT_SIZE,
                parameters.getInt(GpuParameters.PERFCNT_SIZE));
        global(
                "instr_features",
                GlbControl.INSTR_FEATURES,
                parameters.getInt(GpuParameters.INSTR_FEATURES));
        // Last: a version other than 0 says that the rest is valid.
        global("version", GlbControl.VERSION, parameters.getInt(GpuParameters.VERSION));
    }

    private void group(int csg) {
        String block = "CSG" + csg;
        long at = map.csgControl(csg);
        int suspendSize = SuspendBuffer.size(map.streams());
        memory.write32(block, "input_va", at + CsgControl.INPUT_VA, (int) map.csgInput(csg));
        memory.write32(block, "output_va", at + CsgControl.OUTPUT_VA, (int) map.csgOutput(csg));
        memory.write32(block, "suspend_size", at + CsgControl.SUSPEND_SIZE, suspendSize);
        memory.write32(
                block, "protm_suspend_size", at + CsgControl.PROTM_SUSPEND_SIZE, suspendSize);
        memory.write32(block, "stream_num", at + CsgControl.STREAM_NUM, map.streams());
        memory.write32(
                block, "stream_stride", at + CsgControl.STREAM_STRIDE, (int) map.streamStride());
    }

    private void stream(int csg, int cs) {
        String block = "CSG" + csg + ".CS" + cs;
        long at = map.csControl(csg, cs);
        Isa isa = CsRules.isaOf(parameters);
        int features =
                (isa.registerCount() - 1) | (isa.scoreboardSlots() << 8) | COMPUTE_FRAGMENT_TILER;
        memory.write32(block, "features", at + CsControl.FEATURES, features);
        memory.write32(block, "input_va", at + CsControl.INPUT_VA, (int) map.csInput(csg, cs));
        memory.write32(block, "output_va", at + CsControl.OUTPUT_VA, (int) map.csOutput(csg, cs));
    }

    private void global(String word, long offset, int value) {
        memory.write32("GLB", word, map.glbControl() + offset, value);
    }
}
