package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Endpoint work: REQ_RESOURCE asks for endpoints and completes at once; a job takes what it needs
/// or blocks with reason RESOURCE, runs for a time, and holds the endpoint slot while it does.
/// ASSUMPTION: cs.job_without_resource: a job whose kind was not requested blocks with reason
/// RESOURCE too, for ever.
final class JobUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        int opcode = instruction.opcode();
        if (opcode == Opcodes.REQ_RESOURCE) {
            return request(core, instruction);
        }
        GpuParameters parameters = core.environment.parameters();
        boolean dropped =
                core.errorState != 0 && parameters.isOn(GpuParameters.ERROR_STATE_DROPS_JOBS);
        if (dropped || JobSize.unitsOf(core, opcode) == 0) {
            complete(core, instruction);
            return Outcome.NEXT;
        }
        if (core.endpointSlot >= core.scoreboard.slots()) {
            return core.invalid(instruction);
        }
        int resource = EndpointJob.resourceOf(opcode);
        if ((core.resources & resource) == 0) {
            return core.block(FwBits.BLOCKED_REASON_RESOURCE);
        }
        if (core.scoreboard.isFull()) {
            return core.block(FwBits.BLOCKED_REASON_DEFERRED);
        }
        int kinds = EndpointJob.kindsOf(resource, parameters);
        if (!core.environment.endpoints().acquire(kinds)) {
            return core.block(FwBits.BLOCKED_REASON_RESOURCE);
        }
        EndpointJob job =
                new EndpointJob(
                        kinds,
                        JobSize.mainKind(opcode, kinds),
                        core.environment.instructionAddress(),
                        JobSize.workNs(core, opcode),
                        JobSize.leastNs(core, opcode),
                        0,
                        0);
        return core.issueJob(instruction, job);
    }

    @Override
    public long duration(StreamCore core, AsyncOperation operation) {
        EndpointJob job = operation.job;
        if (job == null) {
            return 0;
        }
        boolean isFlush = operation.word >>> 56 == Opcodes.FINISH_TILING;
        if (isFlush && tilesBefore(core, operation)) {
            return HELD;
        }
        if (!core.environment.endpoints().acquire(job.kinds())) {
            return HELD;
        }
        int cores = core.environment.endpoints().start(job.kinds(), job.main(), job.pc());
        operation.cause = core.environment.cause();
        if (operation.remainingNs < 0) {
            operation.remainingNs = job.durationNs(cores);
        }
        return operation.remainingNs;
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        EndpointJob job = operation.job;
        if (job != null) {
            core.environment.endpoints().end(job.kinds(), job.pc());
            report(core, job);
        }
        complete(core, instruction);
    }

    private static void report(StreamCore core, EndpointJob job) {
        if (job.exception() != 0) {
            core.errorState = job.exception();
            core.environment.fault(job.exception(), 0, job.info());
        }
    }

    private static void complete(StreamCore core, Instruction instruction) {
        if (instruction.get("progressIncrement") != 0) {
            core.incrementProgress();
        }
    }

    /// Whether the tiler still has work of the stream that was issued earlier.
    private static boolean tilesBefore(StreamCore core, AsyncOperation operation) {
        for (AsyncOperation other : core.scoreboard.pending()) {
            @Nullable EndpointJob job = other.job;
            if (other.number < operation.number && job != null && job.usesTiler()) {
                return true;
            }
        }
        return false;
    }

    private static Outcome request(StreamCore core, Instruction instruction) {
        int resources = (int) instruction.word() & EndpointJob.Resource.ALL;
        int kinds = EndpointJob.kindsOf(resources, core.environment.parameters());
        if (!core.environment.endpoints().allowed(kinds)) {
            return core.fatal(ExceptionType.CS_ENDPOINT_FAULT, instruction);
        }
        core.resources = resources;
        core.environment.endpoints().request(kinds);
        return Outcome.NEXT;
    }
}
