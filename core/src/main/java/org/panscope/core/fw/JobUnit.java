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
    private static final int AXES = 3;
    private static final int SHADING_MODES = 2;

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        int opcode = instruction.opcode();
        if (opcode == Opcodes.REQ_RESOURCE) {
            return request(core, instruction);
        }
        if (hasReservedCode(instruction)) {
            return core.reserved(instruction);
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
                        TilerMemory.contextOf(core),
                        core.heapVa);
        return core.issueJob(
                instruction,
                job,
                TilerMemory.bytesOf(core, instruction),
                JobDescriptors.check(core, instruction));
    }

    private static boolean hasReservedCode(Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcodes.RUN_COMPUTE -> instruction.getInt("taskAxis") >= AXES;
            case Opcodes.RUN_IDVS2 -> instruction.getInt("vertexShadingMode") >= SHADING_MODES;
            default -> false;
        };
    }

    @Override
    public long duration(StreamCore core, AsyncOperation operation) {
        EndpointJob job = operation.job;
        if (job == null) {
            return 0;
        }
        if (isFlush(operation) && tilesBefore(core, operation)) {
            return HELD;
        }
        if (!core.environment.endpoints().acquire(job.kinds())) {
            return HELD;
        }
        int cores = core.environment.endpoints().start(job.kinds(), job.main(), job.pc());
        operation.cause = core.environment.cause();
        if (operation.remainingNs < 0) {
            operation.remainingNs =
                    operation.exception == 0
                            ? job.durationNs(limited(core, operation, cores))
                            : failureNs(core);
        }
        return fill(core, operation, job);
    }

    /// How many of the cores a job of v12 and later lets work. ASSUMPTION: cs.ep_limit: it holds
    /// all cores of its stream; those above its limit idle.
    private static int limited(StreamCore core, AsyncOperation operation, int cores) {
        int limit = core.rules.isa.decode(operation.word).getInt("epLimit", 0);
        return limit == 0 ? cores : Math.min(cores, limit);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        EndpointJob job = operation.job;
        if (job != null) {
            core.environment.endpoints().end(job.kinds(), job.pc());
            if (isFlush(operation)) {
                TilerMemory.flush(core);
            }
            report(core, operation);
        }
        complete(core, instruction);
    }

    private static void report(StreamCore core, AsyncOperation operation) {
        if (operation.exception != 0) {
            core.errorState = operation.exception;
            if (operation.exception >= ExceptionType.FIRST_MEMORY_FAULT) {
                core.environment.endpointFault(operation.info, operation.exception);
            }
            core.environment.fault(operation.exception, 0, operation.info);
        }
    }

    /// Takes the tiler memory a job needs.
    ///
    /// @return how long it runs then, or [#STALLED]
    static long fill(StreamCore core, AsyncOperation operation, EndpointJob job) {
        if (operation.extra > 0 && operation.exception == 0) {
            TilerMemory.Result result = TilerMemory.take(core, operation, job);
            if (result == TilerMemory.Result.OUT_OF_MEMORY) {
                return STALLED;
            }
            if (result == TilerMemory.Result.FAULT) {
                operation.remainingNs = failureNs(core);
            }
        }
        return operation.remainingNs;
    }

    /// How long a job runs that fails.
    static long failureNs(StreamCore core) {
        return core.environment.parameters().get(GpuParameters.JOB_FAULT_NS);
    }

    private static boolean isFlush(AsyncOperation operation) {
        return operation.word >>> 56 == Opcodes.FINISH_TILING;
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
