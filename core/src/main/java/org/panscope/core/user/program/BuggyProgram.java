package org.panscope.core.user.program;

import org.panscope.core.isa.CsWords;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.Notify;
import org.panscope.core.user.SyncObject;
import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A user-submit client that does a few batches right and then makes one mistake. What it waits for
/// then may never come; it waits as long as its request says, leaves a note, and ends.
public final class BuggyProgram implements GpuProgram {
    /// A mistake.
    public enum Bug {
        /// INSERT is stored while the instructions still sit in the write-combining buffer.
        MISSING_BARRIER,
        /// The doorbell of a group without a slot is rung, and GROUP_KICK is not called.
        MISSING_KICK,
        /// INSERT counts instructions, not bytes.
        WRONG_INSERT,
        /// The ring is filled without a look at EXTRACT.
        RING_OVERFLOW,
        /// The group is destroyed, its handle and its doorbell page are used on.
        STALE_HANDLE;

        /// As scenarios name it.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long SYNC_OBJECT = 0x7ffe_0000_5000L;
    private static final long PAGE = 4096;
    private static final int ADDRESS = 92;
    private static final int VALUE = 94;
    private static final int LINE_WORDS = 8;
    private static final long WRITE_COMBINING_NS = 20_000;
    private static final int IDLE_NS = 100_000_000;

    private final UserProcess process;
    private final String thread;
    private final ProgramRequest request;
    private final Bug bug;

    /// @param thread lane of its notes
    /// @param request its frames are the batches before the mistake
    public BuggyProgram(UserProcess process, String thread, ProgramRequest request, Bug bug) {
        this.process = process;
        this.thread = thread;
        this.request = request;
        this.bug = bug;
    }

    /// What the mistake is made with.
    private record Target(
            ClientSession session,
            UserGroup group,
            UserSubmitQueue queue,
            SyncObject counter,
            EventFd eventfd) {}

    @Override
    public void run() throws ProgramFailure {
        ClientSession session = new ClientSession(process, thread);
        Target target = target(session);
        long batches = request.frames();
        for (long i = 0; i < batches; i++) {
            session.mark("batch " + i);
            ProgramFailure.check("GROUP_KICK", target.queue().submit(batch(), Notify.RING));
            if (!isDone(target, i)) {
                throw new ProgramFailure("batch " + i + " was not done in time");
            }
            session.sim().sleep(request.periodNs());
        }
        session.mark("mistake: " + bug.label());
        makeMistake(target, batches);
        session.mark(
                isDone(target, batches)
                        ? "the batch was done all the same"
                        : "the batch is not done after " + request.timeoutNs() + " ns");
        session.close();
    }

    private Target target(ClientSession session) throws ProgramFailure {
        UserBuffer memory = session.buffer(SYNC_OBJECT, PAGE, ClientSession.SHARED);
        EventFd eventfd = session.file().eventfd();
        UserGroup group = session.group(request, 1, eventfd);
        UserSubmitQueue queue = new UserSubmitQueue(session.file(), group, 0);
        ProgramFailure.check("mmap of the ring", queue.mapRing());
        ProgramFailure.check("mmap of the user I/O pages", queue.mapIo());
        ProgramFailure.check("mmap of the doorbell", queue.mapDoorbell());
        SyncObject counter =
                new SyncObject(session.file(), memory, session.vm(), 0, SYNC_OBJECT, true);
        return new Target(session, group, queue, counter, eventfd);
    }

    private void makeMistake(Target target, long batches) throws ProgramFailure {
        UserSubmitQueue queue = target.queue();
        switch (bug) {
            case MISSING_BARRIER -> {
                byte[] words = batch();
                queue.storeInsertAhead(words.length);
                queue.notifyFirmware(Notify.ACTIVE);
                target.session().sim().sleep(WRITE_COMBINING_NS);
                queue.write(words);
            }
            case MISSING_KICK -> {
                // Long enough for the device to be suspended, and the group with it.
                target.session().sim().sleep(IDLE_NS);
                queue.write(batch());
                queue.storeInsert();
                queue.ring();
            }
            case WRONG_INSERT -> {
                byte[] words = batch();
                queue.write(words);
                queue.storeInsert((batches + 1) * words.length / Long.BYTES);
                queue.notifyFirmware(Notify.ACTIVE);
            }
            case RING_OVERFLOW -> {
                byte[] words = batch();
                for (long bytes = 0; bytes <= queue.ringBytes(); bytes += words.length) {
                    queue.write(words);
                }
                queue.storeInsert();
                queue.notifyFirmware(Notify.ACTIVE);
            }
            case STALE_HANDLE -> {
                ProgramFailure.check(
                        "GROUP_DESTROY",
                        new GroupClient(target.session().file()).destroy(target.group().handle()));
                queue.write(batch());
                queue.storeInsert();
                queue.ring();
                ProgramFailure.check("GROUP_KICK", queue.kick());
            }
        }
    }

    private boolean isDone(Target target, long batch) {
        long deadlineNs = target.session().sim().nowNs() + request.timeoutNs();
        while (target.counter().load() <= batch) {
            long leftNs = deadlineNs - target.session().sim().nowNs();
            if (leftNs <= 0 || target.session().file().readEventfd(target.eventfd(), leftNs) == 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] batch() {
        List<Long> words = new ArrayList<>();
        words.add(CsWords.move48(ADDRESS, SYNC_OBJECT));
        words.add(CsWords.move48(VALUE, 1));
        words.add(CsWords.syncAdd64(ADDRESS, VALUE, CsWords.SCOPE_SYSTEM, false));
        while (words.size() < LINE_WORDS) {
            words.add(CsWords.nop());
        }
        return ClientSession.bytes(words.stream().mapToLong(Long::longValue).toArray());
    }
}
