package org.panscope.core.user.program;

import org.panscope.core.user.FlushIdPage;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.StreamCall;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.SyncobjClient;
import org.panscope.core.user.UserGroup;

import java.util.ArrayList;
import java.util.List;

/// Through GROUP_SUBMIT: one ioctl a frame, with the streams and then, for every queue, an empty
/// job that signals. With one queue it signals the frame's syncobj; with several, points of a
/// timeline of the client's own, whose last one is then transferred to the frame's.
///
/// Mesa: src/panfrost/vulkan/csf/panvk_vX_queue.c: panvk_queue_submit_init_signals,
/// panvk_queue_submit_process_signals; src/gallium/drivers/panfrost/pan_csf.c: csf_submit_gsubmit
final class KernelSubmission implements Submission {
    private final ClientSession session;
    private final ProgramRequest request;
    private final UserGroup group;
    private final FlushIdPage flushId;

    private final SyncobjClient syncobjs;
    private final int queues;
    private final int timeline;

    /// By frame in flight.
    private final List<Integer> frames = new ArrayList<>();

    KernelSubmission(ClientSession session, ProgramRequest request, int queues)
            throws ProgramFailure {
        this.session = session;
        this.request = request;
        group = session.group(request, queues, null);
        flushId = ClientSession.value("mmap", FlushIdPage.map(session.file()));
        this.queues = queues;
        syncobjs = new SyncobjClient(session.file());
        timeline = queues > 1 ? create() : 0;
        for (int frame = 0; frame < request.inFlight(); frame++) {
            frames.add(create());
        }
    }

    private int create() throws ProgramFailure {
        return ClientSession.value("SYNCOBJ_CREATE", syncobjs.create(false));
    }

    @Override
    public void submit(long frame, List<Stream> streams) throws ProgramFailure {
        int latestFlush = flushId.load();
        List<StreamCall> calls = new ArrayList<>();
        for (Stream stream : streams) {
            calls.add(
                    new StreamCall(
                            stream.queue(),
                            stream.va(),
                            stream.sizeBytes(),
                            latestFlush,
                            List.of()));
        }
        for (int queue = 0; queue < queues; queue++) {
            SyncWish done =
                    queues > 1
                            ? new SyncWish(timeline, true, queue + 1)
                            : new SyncWish(syncobj(frame), true, 0);
            calls.add(new StreamCall(queue, 0, 0, 0, List.of(done)));
        }
        ProgramFailure.check(
                "GROUP_SUBMIT", new GroupClient(session.file()).submit(group.handle(), calls));
        if (queues > 1) {
            handOver(frame);
        }
    }

    /// Point 0 of the timeline is all of it.
    private void handOver(long frame) throws ProgramFailure {
        ProgramFailure.check(
                "SYNCOBJ_TRANSFER",
                syncobjs.transfer(
                        new SyncobjClient.Point(timeline, 0),
                        new SyncobjClient.Point(syncobj(frame), 0),
                        false));
        ProgramFailure.check("SYNCOBJ_RESET", syncobjs.reset(timeline));
    }

    @Override
    public void await(long frame) throws ProgramFailure {
        ProgramFailure.check(
                "SYNCOBJ_WAIT for frame " + frame,
                syncobjs.await(syncobj(frame), request.timeoutNs(), false));
    }

    private int syncobj(long frame) {
        return frames.get((int) (frame % request.inFlight()));
    }
}
