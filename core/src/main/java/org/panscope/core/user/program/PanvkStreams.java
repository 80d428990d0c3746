package org.panscope.core.user.program;

import java.util.Locale;

/// The streams panvk records for its subqueues on v10.
///
/// Scoreboard slot 0 is for loads, stores and flushes, 1 for deferred sync operations, 3 to 7 are
/// the iterations that jobs go round in. Registers r66 to r83 are scratch, r84 to r89 count sync
/// points of the subqueues, d90 points to the subqueue's context: at 0 the address of the sync
/// objects, at 8 the current iteration.
///
/// Mesa: src/panfrost/vulkan/csf/panvk_vX_cmd_dispatch.c, _cmd_draw.c, _cmd_buffer.c, panvk_queue
final class PanvkStreams {
    private static final int ITERATIONS = 5;
    private static final int FIRST_ITERATION_SLOT = 3;
    private static final int CONTEXT_PAIR = 90;
    private static final int TILER_CONTEXT_OFFSET_IN_FRAMEBUFFER = 56;
    private static final int FRAMEBUFFER_DESCRIPTOR_FLAG = 1;
    private static final int FRAMEBUFFER_BYTES_PER_LAYER = 192;

    private PanvkStreams() {}

    /// What shaders read.
    ///
    /// @param resources resource table, with its length in the low bits
    /// @param uniforms uniforms of the first shader; `uniforms + 0x200` those of the second
    /// @param program program of the first shader; `program + 0x40` and on those of the others
    /// @param storage thread storage
    record Shaders(long resources, long uniforms, long program, long storage) {}

    /// The stream that runs once: subqueue context, scoreboard, tiler heap.
    ///
    /// @param heapVa context of the tiler heap; 0 for the compute subqueue, which has none
    static long[] initialise(long contextVa, long heapVa) {
        StreamBuilder stream = new StreamBuilder().move48(CONTEXT_PAIR, contextVa);
        if (heapVa != 0) {
            stream.add("SET_SB_ENTRY #3, #0").move48(66, heapVa).add("HEAP_SET d66");
        }
        return stream.words();
    }

    /// One dispatch on the compute subqueue.
    ///
    /// @param x workgroups along x, y and z
    static long[] dispatch(Shaders shaders, int x, int y, int z) {
        StreamBuilder stream = new StreamBuilder();
        stream.move48(0, shaders.resources());
        uniforms(stream, 8, shaders.uniforms(), 0x20);
        stream.move48(16, shaders.program()).move48(24, shaders.storage());
        stream.move32(32, 0).move32(33, 0x3c1f).move32(34, 0).move32(35, 0).move32(36, 0);
        stream.move32(37, x).move32(38, y).move32(39, z);
        beginJob(stream);
        stream.add(
                "REQ_RESOURCE.compute",
                "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1",
                "REQ_RESOURCE",
                "LOAD_MULTIPLE r66:r67:r68, [d90]",
                "WAIT #1",
                "ADD_IMMEDIATE64 d66, d66, #" + PanvkSubqueue.COMPUTE.syncOffset(),
                "MOVE48 d70, #0x1");
        stream.choose(68, 69, ITERATIONS, iteration -> endJob(stream, iteration));
        storeIteration(stream);
        count(stream, PanvkSubqueue.COMPUTE);
        return finish(stream).words();
    }

    /// One draw and the end of tiling on the vertex and tiler subqueue.
    static long[] draw(Shaders shaders, long tilerContext, int vertices, int instances) {
        StreamBuilder stream = new StreamBuilder();
        beginJob(stream);
        stream.add("HEAP_OPERATION.vt_start #0, #0");
        stream.move48(40, tilerContext);
        stream.move48(0, shaders.resources());
        stream.move48(16, shaders.program()).move48(20, shaders.program() + 0x40);
        uniforms(stream, 8, shaders.uniforms(), 0x20);
        uniforms(stream, 12, shaders.uniforms() + 0x200, 0x24);
        stream.move48(24, shaders.storage());
        stream.move32(32, 0).move32(33, vertices).move32(34, instances);
        for (int register : new int[] {35, 36, 37, 38, 56, 48}) {
            stream.move32(register, 0);
        }
        stream.add(
                "REQ_RESOURCE.idvs",
                "RUN_IDVS.varying_srt0.varying_fau0.varying_tsd0.frag_srt1.frag_tsd0 r0, #40008",
                "REQ_RESOURCE",
                "REQ_RESOURCE.tiler",
                "FINISH_TILING",
                "REQ_RESOURCE",
                "LOAD_MULTIPLE r66:r67:r68, [d90]",
                "WAIT #1",
                "MOVE48 d70, #0x1");
        stream.choose(
                68,
                69,
                ITERATIONS,
                iteration -> {
                    stream.add("HEAP_OPERATION.vt_end #%x, #1".formatted(slotMask(iteration)));
                    endJob(stream, iteration);
                });
        storeIteration(stream);
        count(stream, PanvkSubqueue.VERTEX_TILER);
        count(stream, PanvkSubqueue.FRAGMENT);
        return finish(stream).words();
    }

    /// A render pass of one layer on the fragment subqueue, when the tiler is done with it.
    static long[] renderPass(long framebuffer, long tilerContext, int width, int height) {
        StreamBuilder stream = new StreamBuilder();
        awaitPoint(stream, PanvkSubqueue.VERTEX_TILER, 1);
        beginJob(stream);
        stream.move32(42, 0).move32(43, (long) (height - 1) << 16 | (width - 1));
        stream.move48(48, framebuffer).move48(50, tilerContext);
        stream.add("ADD_IMMEDIATE64 d52, d50, #0").move32(54, 8).move32(47, 1);
        stream.add(
                "REQ_RESOURCE.fragment",
                "BRANCH.le r47, #11",
                "STORE_MULTIPLE [d48 + %d], r52:r53".formatted(TILER_CONTEXT_OFFSET_IN_FRAMEBUFFER),
                "WAIT #1",
                "ADD_IMMEDIATE64 d40, d48, #" + FRAMEBUFFER_DESCRIPTOR_FLAG,
                "RUN_FRAGMENT.tile_order=zorder",
                "ADD_IMMEDIATE64 d48, d48, #" + FRAMEBUFFER_BYTES_PER_LAYER,
                "ADD_IMMEDIATE32 r47, r47, #-1",
                "ADD_IMMEDIATE32 r54, r54, #-1",
                "BRANCH.gt r54, #2",
                "ADD_IMMEDIATE64 d52, d52, #128",
                "MOVE32 r54, #0x8",
                "BRANCH.gt r47, #-11",
                "REQ_RESOURCE",
                "MOVE48 d70, #0x1",
                "LOAD_MULTIPLE r66:r67:r68, [d90]",
                "WAIT #1",
                "ADD_IMMEDIATE64 d66, d66, #" + PanvkSubqueue.FRAGMENT.syncOffset(),
                "MOVE32 r47, #0x1",
                "ADD_IMMEDIATE64 d52, d50, #0");
        stream.choose(
                68,
                69,
                ITERATIONS,
                iteration -> {
                    stream.add(
                            "BRANCH.le r47, #6",
                            "LOAD_MULTIPLE r76:r77:r78:r79, [d52 + 40]",
                            "WAIT #1",
                            "FINISH_FRAGMENT.frag_end d78, d76, #%x, #1"
                                    .formatted(slotMask(iteration)),
                            "ADD_IMMEDIATE64 d52, d52, #128",
                            "ADD_IMMEDIATE32 r47, r47, #-1",
                            "BRANCH.gt r47, #-6");
                    endJob(stream, iteration);
                });
        storeIteration(stream);
        count(stream, PanvkSubqueue.VERTEX_TILER);
        count(stream, PanvkSubqueue.FRAGMENT);
        return finish(stream).words();
    }

    /// Waits until the subqueue of `source` is `points` sync points ahead of what was counted.
    static void awaitPoint(StreamBuilder stream, PanvkSubqueue source, int points) {
        stream.add("LOAD_MULTIPLE r66:r67, [d90]", "WAIT #1");
        if (source.syncOffset() != 0) {
            stream.add("ADD_IMMEDIATE64 d66, d66, #" + source.syncOffset());
        }
        stream.add(
                "ADD_IMMEDIATE64 d68, d%d, #%d".formatted(source.progressPair(), points),
                "SYNC_WAIT64gt.inherit d66, d68");
    }

    /// Counts a sync point of a subqueue.
    static void count(StreamBuilder stream, PanvkSubqueue subqueue) {
        int pair = subqueue.progressPair();
        stream.add("ADD_IMMEDIATE64 d%d, d%d, #1".formatted(pair, pair));
    }

    /// Waits for the slot of the current iteration and selects it.
    private static void beginJob(StreamBuilder stream) {
        stream.add("LOAD_MULTIPLE r66, [d90 + 8]", "WAIT #1");
        stream.choose(
                66,
                67,
                ITERATIONS,
                iteration ->
                        stream.add(
                                "WAIT #%x".formatted(slotMask(iteration)),
                                "SET_SB_ENTRY #%d, #0"
                                        .formatted(FIRST_ITERATION_SLOT + iteration)));
    }

    /// Signals when the jobs of the iteration are done, and goes on to the next one.
    private static void endJob(StreamBuilder stream, int iteration) {
        stream.add(
                "SYNC_ADD64.error_propagate.csg [d66], d70, #%x, #1"
                        .formatted(slotMask(iteration)));
        stream.move32(68, (iteration + 1) % ITERATIONS);
    }

    private static void storeIteration(StreamBuilder stream) {
        stream.add("STORE_MULTIPLE [d90 + 8], r68", "WAIT #1");
    }

    /// What ends every command buffer: everything is done and visible to the CPU.
    private static StreamBuilder finish(StreamBuilder stream) {
        return stream.add(
                "MOVE32 r66, #0x0",
                "WAIT #ff",
                "FLUSH_CACHE2.clean_l2.clean_lsc.nop_other r66, #0, #0",
                "WAIT #1");
    }

    /// A pointer to uniforms has their number in its top byte.
    private static void uniforms(StreamBuilder stream, int register, long va, int count) {
        stream.move32(register, va).move32(register + 1, va >>> 32 | (long) count << 24);
    }

    private static int slotMask(int iteration) {
        return 1 << (FIRST_ITERATION_SLOT + iteration);
    }

    /// For messages and marks.
    static String label(PanvkSubqueue subqueue) {
        return subqueue.name().toLowerCase(Locale.ROOT).replace('_', '/');
    }
}
