package org.panscope.core.user.program;

import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.UserProcess;

import java.util.ArrayList;
import java.util.List;

/// A Vulkan client: every frame a dispatch, a draw and a render pass on the three subqueues of a
/// group, ordered by sync objects between them. It records its command buffers once for each frame
/// in flight.
///
/// Mesa: src/panfrost/vulkan/csf
public final class PanvkProgram implements GpuProgram {
    private static final long CONTEXTS = 0x7ffe_0000_1000L;
    private static final long CONTEXT_BYTES = 0x1000;
    private static final long SYNC_OBJECTS = 0x7ffe_0000_4000L;
    private static final long DONE = 0x7ffe_0000_5000L;
    private static final long COMMANDS = 0x7000_0000L;
    private static final long COMMAND_BYTES_EACH = 8192;
    private static final long PAGE = 4096;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int VERTICES = 3000;
    private static final int WORKGROUPS = 16;

    private final UserProcess process;
    private final String thread;
    private final ProgramRequest request;

    /// @param thread lane of its notes
    public PanvkProgram(UserProcess process, String thread, ProgramRequest request) {
        this.process = process;
        this.thread = thread;
        this.request = request;
    }

    @Override
    public void run() throws ProgramFailure {
        ClientSession session = new ClientSession(process, thread);
        RenderTargets targets = new RenderTargets(session, request.inFlight());
        prepareSubqueues(session);
        StreamStore store =
                new StreamStore(session, COMMANDS, COMMAND_BYTES_EACH * (request.inFlight() + 1));
        int queues = PanvkSubqueue.values().length;
        Submission submission =
                request.userSubmit()
                        ? new UserSubmission(session, request, queues, DONE)
                        : new KernelSubmission(session, request, queues);
        List<Stream> initialisation = initialisation(store, targets);
        List<List<Stream>> commandBuffers = new ArrayList<>();
        for (int slot = 0; slot < request.inFlight(); slot++) {
            commandBuffers.add(record(store, targets, slot));
        }
        boolean[] isStarted = new boolean[1];
        FrameLoop.run(
                session,
                request,
                submission,
                slot -> {
                    targets.reset(slot);
                    List<Stream> streams = new ArrayList<>();
                    if (!isStarted[0]) {
                        streams.addAll(initialisation);
                        isStarted[0] = true;
                    }
                    streams.addAll(commandBuffers.get(slot));
                    return streams;
                });
        session.close();
    }

    /// Subqueue contexts, which point to the sync objects, and those with their first value, 1.
    private static void prepareSubqueues(ClientSession session) throws ProgramFailure {
        int count = PanvkSubqueue.values().length;
        UserBuffer contexts = session.buffer(CONTEXTS, count * CONTEXT_BYTES, ClientSession.SHARED);
        UserBuffer syncObjects = session.buffer(SYNC_OBJECTS, PAGE, ClientSession.SHARED);
        for (PanvkSubqueue subqueue : PanvkSubqueue.values()) {
            contexts.store(subqueue.queue() * CONTEXT_BYTES, ClientSession.bytes(SYNC_OBJECTS, 0));
            syncObjects.store(subqueue.syncOffset(), ClientSession.bytes(1, 0));
        }
    }

    private static List<Stream> initialisation(StreamStore store, RenderTargets targets) {
        List<Stream> streams = new ArrayList<>();
        for (PanvkSubqueue subqueue : PanvkSubqueue.values()) {
            long heap = subqueue == PanvkSubqueue.COMPUTE ? 0 : targets.heapVa();
            long context = CONTEXTS + subqueue.queue() * CONTEXT_BYTES;
            streams.add(store.record(subqueue.queue(), PanvkStreams.initialise(context, heap)));
        }
        return streams;
    }

    private static List<Stream> record(StreamStore store, RenderTargets targets, int slot) {
        PanvkStreams.Shaders shaders = targets.shaders();
        long tiler = targets.tilerContext(slot);
        return List.of(
                store.record(
                        PanvkSubqueue.COMPUTE.queue(),
                        PanvkStreams.dispatch(shaders, WORKGROUPS, WORKGROUPS, 1)),
                store.record(
                        PanvkSubqueue.VERTEX_TILER.queue(),
                        PanvkStreams.draw(shaders, tiler, VERTICES, 1)),
                store.record(
                        PanvkSubqueue.FRAGMENT.queue(),
                        PanvkStreams.renderPass(targets.framebuffer(slot), tiler, WIDTH, HEIGHT)));
    }
}
