package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Looks at the descriptors a job's staging registers point to, as the endpoints do when they start
/// on it: whether they are aligned and mapped, and whether the bounding box makes sense. What they
/// hold is not interpreted.
///
/// ASSUMPTION: cs.job_faults.
///
/// Mesa: src/panfrost/genxml/v10.xml: alignment of Shader Program, Local Storage, Framebuffer,
/// Tiler Context, Draw
final class JobDescriptors {
    private static final int CHECK_NULL_TOO = 2;
    private static final int RESOURCES = 0;
    private static final int PROGRAMS = 16;
    private static final int THREAD_STORAGE = 24;
    private static final int TILER_CONTEXT_OR_FRAMEBUFFER = 40;
    private static final int BOX_LEAST = 42;
    private static final int BOX_MOST = 43;
    private static final int PROGRAM_ALIGNMENT = 32;
    private static final int ALIGNMENT = 64;
    private static final long RESOURCE_COUNT = 0x3f;
    private static final long FRAMEBUFFER_FLAGS = 0x3f;
    private static final int SECONDARY_SHADER = 1 << 18;
    private static final int FLAGS_REGISTER = 56;

    private final StreamCore core;
    private final Instruction instruction;
    private final boolean checksNull;

    private JobDescriptors(StreamCore core, Instruction instruction, boolean checksNull) {
        this.core = core;
        this.instruction = instruction;
        this.checksNull = checksNull;
    }

    /// Why a job fails: a code, and the address or register value that it is about.
    record Failure(int exception, long info) {}

    /// Why a job fails that is issued now, or null.
    static @Nullable Failure check(StreamCore core, Instruction instruction) {
        int level = core.environment.parameters().getInt(GpuParameters.JOB_DESCRIPTOR_CHECKS);
        if (level == 0) {
            return null;
        }
        boolean checksNull = level >= CHECK_NULL_TOO;
        return new JobDescriptors(core, instruction, checksNull).check();
    }

    private @Nullable Failure check() {
        return switch (instruction.opcode()) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT -> shader("srt", "spd", "tsd");
            case Opcodes.RUN_TILING ->
                    first(shader("srt", "spd", "tsd"), pointer(TILER_CONTEXT_OR_FRAMEBUFFER));
            case Opcodes.RUN_IDVS -> first(draw(), pointer(TILER_CONTEXT_OR_FRAMEBUFFER));
            case Opcodes.RUN_IDVS2 ->
                    first(
                            at(core.pair(PROGRAMS), PROGRAM_ALIGNMENT),
                            at(core.pair(PROGRAMS + 2), PROGRAM_ALIGNMENT),
                            pointer(TILER_CONTEXT_OR_FRAMEBUFFER));
            case Opcodes.RUN_FRAGMENT -> first(box(), framebuffer());
            case Opcodes.RUN_FULLSCREEN ->
                    first(
                            box(),
                            at(core.pair(instruction.getInt("dcd")), ALIGNMENT),
                            pointer(TILER_CONTEXT_OR_FRAMEBUFFER));
            default -> null;
        };
    }

    /// Resource table, program and thread storage that the select fields of the instruction name.
    private @Nullable Failure shader(String resources, String program, String storage) {
        return first(
                table(core.pair(RESOURCES + 2 * instruction.getInt(resources))),
                at(core.pair(PROGRAMS + 2 * instruction.getInt(program)), PROGRAM_ALIGNMENT),
                optional(core.pair(THREAD_STORAGE + 2 * instruction.getInt(storage))));
    }

    private @Nullable Failure draw() {
        int flags = core.register(FLAGS_REGISTER) | instruction.getInt("flagsOverride");
        boolean hasVarying = (flags & SECONDARY_SHADER) != 0;
        return first(
                table(core.pair(RESOURCES)),
                table(core.pair(RESOURCES + 4 * instruction.getInt("fragmentSrt"))),
                at(core.pair(PROGRAMS), PROGRAM_ALIGNMENT),
                hasVarying ? at(core.pair(PROGRAMS + 2), PROGRAM_ALIGNMENT) : null,
                optional(core.pair(THREAD_STORAGE)));
    }

    /// A bounding box holds its first corner at most at its last one.
    private @Nullable Failure box() {
        int least = core.register(BOX_LEAST);
        int most = core.register(BOX_MOST);
        boolean isEmpty = (least & 0xffff) > (most & 0xffff) || least >>> 16 > most >>> 16;
        return isEmpty
                ? new Failure(
                        ExceptionType.TILE_RANGE_FAULT, (least & 0xffff_ffffL) | (long) most << 32)
                : null;
    }

    /// Bit 0 of the pointer says that it is one to a framebuffer descriptor.
    private @Nullable Failure framebuffer() {
        long pointer = core.pair(TILER_CONTEXT_OR_FRAMEBUFFER);
        if ((pointer & 1) == 0 && (pointer != 0 || checksNull)) {
            return new Failure(ExceptionType.DATA_INVALID_FAULT, pointer);
        }
        return at(pointer & ~FRAMEBUFFER_FLAGS, ALIGNMENT);
    }

    /// A resource table: its count stands in the low bits, and an empty one need not exist.
    private @Nullable Failure table(long pointer) {
        return optional(pointer & ~RESOURCE_COUNT);
    }

    private @Nullable Failure pointer(int pair) {
        return at(core.pair(pair), ALIGNMENT);
    }

    private @Nullable Failure optional(long va) {
        return va == 0 ? null : at(va, ALIGNMENT);
    }

    private @Nullable Failure at(long va, int alignment) {
        if (va == 0 && !checksNull) {
            return null;
        }
        if (va % alignment != 0) {
            return new Failure(ExceptionType.DATA_INVALID_FAULT, va);
        }
        if (va >>> 48 != 0) {
            return new Failure(ExceptionType.ADDR_RANGE_FAULT, va);
        }
        long physical = core.environment.translate(va, Long.BYTES, Access.READ);
        return physical < 0 ? new Failure((int) -physical, va) : null;
    }

    private static @Nullable Failure first(@Nullable Failure... failures) {
        for (Failure failure : failures) {
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }
}
