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
/// job that signals a syncobj.
///
/// Mesa: src/panfrost/vulkan/csf/panvk_queue.c, panvk_queue_submit_ioctl
final class KernelSubmission implements Submission {
    private final ClientSession session;
    private final ProgramRequest request;
    private final UserGroup group;
    private final FlushIdPage flushId;

    /// By frame in flight and queue.
    private final List<List<Integer>> syncobjs = new ArrayList<>();

    KernelSubmission(ClientSession session, ProgramRequest request, int queues)
            throws ProgramFailure {
        this.session = session;
        this.request = request;
        group = session.group(request, queues, null);
        flushId = ClientSession.value("mmap", FlushIdPage.map(session.file()));
        SyncobjClient client = new SyncobjClient(session.file());
        for (int frame = 0; frame < request.inFlight(); frame++) {
            List<Integer> ofQueues = new ArrayList<>();
            for (int queue = 0; queue < queues; queue++) {
                ofQueues.add(ClientSession.value("SYNCOBJ_CREATE", client.create(false)));
            }
            syncobjs.add(ofQueues);
        }
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
        List<Integer> handles = handles(frame);
        for (int queue = 0; queue < handles.size(); queue++) {
            SyncWish done = new SyncWish(handles.get(queue), true, 0);
            calls.add(new StreamCall(queue, 0, 0, 0, List.of(done)));
        }
        ProgramFailure.check(
                "GROUP_SUBMIT", new GroupClient(session.file()).submit(group.handle(), calls));
    }

    @Override
    public void await(long frame) throws ProgramFailure {
        SyncobjClient client = new SyncobjClient(session.file());
        for (int handle : handles(frame)) {
            ProgramFailure.check(
                    "SYNCOBJ_WAIT for frame " + frame,
                    client.await(handle, request.timeoutNs(), false));
        }
    }

    private List<Integer> handles(long frame) {
        return syncobjs.get((int) (frame % request.inFlight()));
    }
}
