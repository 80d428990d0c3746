package org.panscope.core.user.program;

import org.panscope.core.user.UserProcess;

import java.util.ArrayList;
import java.util.List;

/// An OpenGL client: one queue, one stream a frame that draws and then renders, each job waited for
/// before the next.
///
/// Mesa: src/gallium/drivers/panfrost/pan_csf.c
public final class GalliumProgram implements GpuProgram {
    private static final long DONE = 0x7ffe_0000_5000L;
    private static final long COMMANDS = 0x7000_0000L;
    private static final long COMMAND_BYTES_EACH = 4096;
    private static final int VERTICES = 3000;
    private static final int BOX = 0x01df_027f;

    private final UserProcess process;
    private final String thread;
    private final ProgramRequest request;

    /// @param thread lane of its notes
    public GalliumProgram(UserProcess process, String thread, ProgramRequest request) {
        this.process = process;
        this.thread = thread;
        this.request = request;
    }

    @Override
    public void run() throws ProgramFailure {
        ClientSession session = new ClientSession(process, thread);
        RenderTargets targets = new RenderTargets(session, request.inFlight());
        StreamStore store =
                new StreamStore(session, COMMANDS, COMMAND_BYTES_EACH * request.inFlight());
        Submission submission =
                request.userSubmit()
                        ? new UserSubmission(session, request, 1, DONE)
                        : new KernelSubmission(session, request, 1);
        List<Stream> streams = new ArrayList<>();
        for (int slot = 0; slot < request.inFlight(); slot++) {
            streams.add(store.record(0, batch(targets, slot)));
        }
        FrameLoop.run(
                session,
                request,
                submission,
                slot -> {
                    targets.reset(slot);
                    return List.of(streams.get(slot));
                });
        session.close();
    }

    private static long[] batch(RenderTargets targets, int slot) {
        PanvkStreams.Shaders shaders = targets.shaders();
        StreamBuilder stream = new StreamBuilder();
        stream.add("REQ_RESOURCE.compute.fragment.tiler.idvs", "SET_SB_ENTRY #2, #0");
        stream.move48(66, targets.heapVa()).add("HEAP_SET d66", "HEAP_OPERATION.vt_start #0, #0");
        stream.move48(40, targets.tilerContext(slot));
        stream.move48(0, shaders.resources()).move48(16, shaders.program());
        stream.move48(20, shaders.program() + 0x40).move48(24, shaders.storage());
        stream.move32(32, 0).move32(33, VERTICES).move32(34, 1).move32(56, 0);
        stream.add(
                "RUN_IDVS.varying_srt0.varying_fau0.varying_tsd0.frag_srt0.frag_tsd0 r0, #0",
                "FINISH_TILING",
                "WAIT #4",
                "HEAP_OPERATION.vt_end #0, #0");
        stream.move48(50, targets.tilerContext(slot));
        stream.move48(40, targets.framebuffer(slot) + 1).move32(42, 0).move32(43, BOX);
        stream.add(
                "RUN_FRAGMENT.tile_order=zorder",
                "WAIT #4",
                "LOAD_MULTIPLE r76:r77:r78:r79, [d50 + 40]",
                "WAIT #1",
                "FINISH_FRAGMENT.frag_end d78, d76, #0, #0",
                "WAIT #ff",
                "MOVE32 r66, #0x0",
                "FLUSH_CACHE2.clean_l2.clean_lsc.invalidate_other r66, #0, #0",
                "WAIT #1",
                "REQ_RESOURCE");
        return stream.words();
    }
}
