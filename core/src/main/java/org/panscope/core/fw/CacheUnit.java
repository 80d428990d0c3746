package org.panscope.core.fw;

import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;

/// FLUSH_CACHE2: takes time, advances the flush id, and is skipped when the GPU has flushed since
/// the id in the register was read. Caches hold nothing here.
final class CacheUnit implements InstructionUnit {
    private static final int MODES = 0xfff;

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        return core.issue(
                instruction,
                instruction.getInt("signalSlot"),
                instruction.getInt("waitMask"),
                0,
                core.register(instruction.getInt("latestFlushId")) & 0xffff_ffffL,
                core.environment.parameters().get(GpuParameters.FLUSH_NS));
    }

    @Override
    public long duration(StreamCore core, AsyncOperation operation) {
        return isSkipped(core, operation) ? 0 : operation.remainingNs;
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        if (operation.timer != null) {
            core.environment.flushPerformed();
        }
    }

    private static boolean isSkipped(StreamCore core, AsyncOperation operation) {
        long known = operation.data;
        boolean flushedSince = known != 0 && known != core.environment.latestFlushId();
        return flushedSince || (operation.word & MODES) == 0;
    }
}
