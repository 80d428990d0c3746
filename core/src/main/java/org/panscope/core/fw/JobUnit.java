package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Endpoint work: jobs take time and hold the endpoint slot; what they would compute is not
/// modelled. ASSUMPTION: cs.job_without_resource: a job whose kind was not requested blocks with
/// reason RESOURCE.
final class JobUnit implements InstructionUnit {
    private static final int COMPUTE = 1;
    private static final int FRAGMENT = 1 << 1;
    private static final int TILER = 1 << 2;
    private static final int IDVS = 1 << 3;

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        if (instruction.opcode() == Opcodes.REQ_RESOURCE) {
            return request(core, instruction);
        }
        boolean dropped =
                core.errorState != 0
                        && core.environment.parameters().isOn(GpuParameters.ERROR_STATE_DROPS_JOBS);
        if (dropped) {
            return Outcome.NEXT;
        }
        if ((core.resources & kindOf(instruction.opcode())) == 0) {
            return core.block(FwBits.BLOCKED_REASON_RESOURCE);
        }
        String duration =
                switch (instruction.opcode()) {
                    case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT ->
                            GpuParameters.COMPUTE_NS;
                    case Opcodes.RUN_FRAGMENT -> GpuParameters.FRAGMENT_NS;
                    default -> GpuParameters.TILING_NS;
                };
        return core.issue(
                instruction,
                core.endpointSlot,
                0,
                0,
                0,
                core.environment.parameters().get(duration));
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        if (instruction.get("progressIncrement") != 0) {
            core.progress++;
            core.environment.progressChanged();
        }
    }

    private static Outcome request(StreamCore core, Instruction instruction) {
        int kinds = (int) instruction.word() & (COMPUTE | FRAGMENT | TILER | IDVS);
        if (!core.environment.endpointsAllowed(kinds)) {
            return core.fatal(ExceptionType.CS_ENDPOINT_FAULT, instruction);
        }
        core.resources = kinds;
        return Outcome.NEXT;
    }

    private static int kindOf(int opcode) {
        return switch (opcode) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT -> COMPUTE;
            case Opcodes.RUN_FRAGMENT -> FRAGMENT;
            case Opcodes.RUN_IDVS -> IDVS;
            default -> TILER;
        };
    }
}
