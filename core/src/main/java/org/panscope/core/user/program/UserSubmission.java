package org.panscope.core.user.program;

import org.panscope.core.isa.CsWords;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.user.Notify;
import org.panscope.core.user.SyncObject;
import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserSubmitQueue;

import java.util.ArrayList;
import java.util.List;

/// Through mapped rings: a CALL of each stream and, behind the last one of a queue, a sync object
/// that counts its frames. The kernel is asked only when the group has no slot.
final class UserSubmission implements Submission {
    private static final int SYNC_OBJECT_BYTES = 16;
    private static final long PAGE = 4096;
    private static final int LINE_WORDS = 8;
    private static final int ADDRESS = 92;
    private static final int VALUE = 94;
    private static final int ALL_SLOTS = 0xff;

    private final ClientSession session;
    private final ProgramRequest request;
    private final EventFd eventfd;
    private final List<UserSubmitQueue> queues = new ArrayList<>();
    private final List<SyncObject> done = new ArrayList<>();

    /// @param doneVa where the sync objects that count frames are bound
    UserSubmission(ClientSession session, ProgramRequest request, int queueCount, long doneVa)
            throws ProgramFailure {
        this.session = session;
        this.request = request;
        UserBuffer counters = session.buffer(doneVa, PAGE, ClientSession.SHARED);
        eventfd = session.file().eventfd();
        UserGroup group = session.group(request, queueCount, eventfd);
        for (int i = 0; i < queueCount; i++) {
            UserSubmitQueue queue = new UserSubmitQueue(session.file(), group, i);
            ProgramFailure.check("mmap of the ring", queue.mapRing());
            ProgramFailure.check("mmap of the user I/O pages", queue.mapIo());
            ProgramFailure.check("mmap of the doorbell", queue.mapDoorbell());
            queues.add(queue);
            long offset = (long) i * SYNC_OBJECT_BYTES;
            done.add(
                    new SyncObject(
                            session.file(), counters, session.vm(), offset, doneVa + offset, true));
        }
    }

    @Override
    public void submit(long frame, List<Stream> streams) throws ProgramFailure {
        List<List<Long>> words = new ArrayList<>();
        queues.forEach(_ -> words.add(new ArrayList<>()));
        for (Stream stream : streams) {
            List<Long> ofQueue = words.get(stream.queue());
            ofQueue.add(CsWords.move48(ADDRESS, stream.va()));
            ofQueue.add(CsWords.move32(VALUE, stream.sizeBytes()));
            ofQueue.add(CsWords.call(ADDRESS, VALUE));
        }
        for (int i = 0; i < queues.size(); i++) {
            List<Long> ofQueue = words.get(i);
            ofQueue.add(CsWords.move48(ADDRESS, done.get(i).va()));
            ofQueue.add(CsWords.move48(VALUE, 1));
            ofQueue.add(CsWords.waitSlots(ALL_SLOTS));
            ofQueue.add(CsWords.syncAdd64(ADDRESS, VALUE, CsWords.SCOPE_SYSTEM, true));
            ofQueue.add(CsWords.errorBarrier());
            while (ofQueue.size() % LINE_WORDS != 0) {
                ofQueue.add(CsWords.nop());
            }
            byte[] bytes =
                    ClientSession.bytes(ofQueue.stream().mapToLong(Long::longValue).toArray());
            ProgramFailure.check("GROUP_KICK", queues.get(i).submit(bytes, Notify.RING));
        }
    }

    /// Sleeps on the eventfd, which says that some sync object changed, and looks which.
    @Override
    public void await(long frame) throws ProgramFailure {
        long deadlineNs = session.sim().nowNs() + request.timeoutNs();
        for (SyncObject counter : done) {
            while (counter.load() <= frame) {
                long leftNs = deadlineNs - session.sim().nowNs();
                if (leftNs <= 0 || session.file().readEventfd(eventfd, leftNs) == 0) {
                    throw new ProgramFailure(
                            "frame "
                                    + frame
                                    + " was not done after "
                                    + request.timeoutNs()
                                    + " ns");
                }
            }
        }
    }

    List<UserSubmitQueue> queues() {
        return queues;
    }
}
