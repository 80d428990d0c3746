package org.panscope.core.fw;

import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Opcodes;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;

/// How much work the staging registers of a job describe: workgroups, vertices or tiles. Reading
/// them is all that happens to them.
///
/// ASSUMPTION: cs.job_time.
final class JobSize {
    private static final int TILE_PIXELS = 16;

    private JobSize() {}

    /// Workgroups of a compute job, vertices of a draw, tiles of a render pass; 1 for jobs that
    /// have no size.
    static long unitsOf(StreamCore core, int opcode) {
        return switch (opcode) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT ->
                    times(times(word(core, 37), word(core, 38)), word(core, 39));
            case Opcodes.RUN_IDVS, Opcodes.RUN_IDVS2, Opcodes.RUN_TILING ->
                    times(word(core, 33), word(core, 34));
            case Opcodes.RUN_FRAGMENT -> tiles(core.register(42), core.register(43));
            default -> 1;
        };
    }

    /// Time of the whole work on one core.
    static long workNs(StreamCore core, int opcode) {
        GpuParameters parameters = core.environment.parameters();
        return switch (opcode) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT ->
                    times(unitsOf(core, opcode), parameters.get(GpuParameters.WORKGROUP_NS));
            case Opcodes.RUN_IDVS, Opcodes.RUN_IDVS2, Opcodes.RUN_TILING ->
                    times(unitsOf(core, opcode), parameters.get(GpuParameters.VERTEX_NS));
            case Opcodes.RUN_FRAGMENT ->
                    times(unitsOf(core, opcode), parameters.get(GpuParameters.TILE_NS));
            default -> 0;
        };
    }

    /// Time a job takes at least.
    static long leastNs(StreamCore core, int opcode) {
        return core.environment
                .parameters()
                .get(
                        switch (opcode) {
                            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT ->
                                    GpuParameters.COMPUTE_NS;
                            case Opcodes.RUN_FRAGMENT -> GpuParameters.FRAGMENT_NS;
                            case Opcodes.FINISH_TILING -> GpuParameters.FINISH_TILING_NS;
                            default -> GpuParameters.TILING_NS;
                        });
    }

    /// The kind of endpoint whose cores share the work.
    static EndpointKind mainKind(int opcode, int kinds) {
        return switch (opcode) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT -> EndpointKind.COMPUTE;
            case Opcodes.RUN_FRAGMENT -> EndpointKind.FRAGMENT;
            default -> (kinds & 1) != 0 ? EndpointKind.COMPUTE : EndpointKind.TILER;
        };
    }

    /// Tiles that a bounding box touches; both corners are in it.
    private static long tiles(int least, int most) {
        int across = (most & 0xffff) / TILE_PIXELS - (least & 0xffff) / TILE_PIXELS + 1;
        int down = (most >>> 16) / TILE_PIXELS - (least >>> 16) / TILE_PIXELS + 1;
        return (long) Math.max(0, across) * Math.max(0, down);
    }

    private static long word(StreamCore core, int register) {
        return core.register(register) & 0xffff_ffffL;
    }

    private static long times(long a, long b) {
        long most = Long.MAX_VALUE / 4;
        return a != 0 && b > most / a ? most : a * b;
    }
}
