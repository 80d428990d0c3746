package org.panscope.core.kernel.sched;

import org.panscope.core.fwif.FwLayout.UserIo;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.Writer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What drm_sched calls for the jobs of one queue.
///
/// kernel: panthor_sched.c, queue_run_job, queue_timedout_job, queue_free_job (v6.11)
final class QueueBackend implements DrmScheduler.Backend {
    private final Scheduler sched;
    private final Group group;
    private final Queue queue;
    private final KernelContext kernel;

    QueueBackend(Scheduler sched, Group group, Queue queue) {
        this.sched = sched;
        this.group = group;
        this.queue = queue;
        kernel = sched.kernel();
    }

    @Override
    public DrmScheduler.RunResult runJob(DrmSchedJob schedJob) {
        PanthorJob job = (PanthorJob) schedJob;
        if (job.call().bytes() == 0 && !group.isUserSubmit()) {
            DmaFence last = queue.lastFence();
            return DrmScheduler.RunResult.of(last == null ? null : last.get());
        }
        int powered = sched.pm().resumeAndGet(PmOwner.RUN_JOB);
        if (powered != 0) {
            return DrmScheduler.RunResult.failed(powered);
        }
        sched.lock().lock();
        DrmScheduler.RunResult result =
                group.canRun()
                        ? DrmScheduler.RunResult.of(group.isUserSubmit() ? watch(job) : start(job))
                        : DrmScheduler.RunResult.failed(Errno.ECANCELED);
        sched.lock().unlock();
        sched.pm().put(PmOwner.RUN_JOB);
        return result;
    }

    @Override
    public void timedOutJob(DrmSchedJob job) {
        kernel.log("queue_timedout_job", timeoutText((PanthorJob) job));
        queue.stop();
        sched.lock().lock();
        group.setTimedOut();
        if (group.csgId() >= 0) {
            sched.queueTick(0);
        } else {
            sched.lists().remove(group, "queue_timedout_job");
            sched.lists().removeWaiting(group, "queue_timedout_job");
            group.queueTerm();
        }
        sched.lock().unlock();
        queue.start();
    }

    private String timeoutText(PanthorJob job) {
        DmaFence done = job.doneFence();
        return kernel.driver().isMainline2026() && done != null
                ? "job timeout: " + group.task() + ", seqno=" + done.seqno()
                : "job timeout";
    }

    @Override
    public void freeJob(DrmSchedJob job) {
        ((PanthorJob) job).released();
    }

    private DmaFence start(PanthorJob job) {
        DmaFence done = queue.newDoneFence(kernel, FenceKind.QUEUE_DONE, job.id());
        kernel.spend(kernel.timings().ringWriteNs());
        long insert = queue.insert();
        int slot = queue.takeProfilingSlot();
        byte[] words = instructions(job, slot);
        writeRing(words, insert);
        queue.inFlight().add(job);
        job.written(insert, insert + words.length, done, slot);
        writeExtractInit();
        queue.setInsert(job.ringEnd());
        kernel.sim()
                .follow(
                        group.queueTrack(queue.index()),
                        new InsertWrite(
                                group.gid(), queue.index(), insert, job.ringEnd(), Writer.KERNEL));
        notifyFirmware();
        queue.setLastFence(done);
        return done.get();
    }

    /// V10, V14: the job is what the application has put into the ring by now.
    private DmaFence watch(PanthorJob job) {
        DmaFence done = queue.newDoneFence(kernel, FenceKind.SUBMISSION, job.id());
        long start =
                queue.inFlight().isEmpty()
                        ? Math.min(queue.extract(), job.insert())
                        : queue.inFlight().getLast().ringEnd();
        queue.inFlight().add(job);
        job.written(start, job.insert(), done, 0);
        if (kernel.driver().modes().jobPerSubmit()) {
            notifyFirmware();
        } else if (group.csgId() >= 0) {
            queue.timeout().writtenOnSlot();
        } else {
            queue.timeout().writtenOffSlot((group.blockedQueues() & queue.mask()) != 0);
        }
        if (group.csgId() >= 0) {
            sched.queueTick(0);
        } else {
            boolean drained = (group.idleQueues() & queue.mask()) != 0;
            JobCompletion.sampled(queue, queue.extract(), drained);
        }
        return done.get();
    }

    private void notifyFirmware() {
        boolean blocked = (group.blockedQueues() & queue.mask()) != 0;
        if (group.csgId() < 0) {
            queue.timeout().writtenOffSlot(blocked);
            sched.schedule(group, queue.mask());
        } else {
            sched.policy().jobOnSlot(group, queue);
            sched.ringDoorbell(group, queue, Ringer.RUN_JOB);
            if (!blocked) {
                sched.holdPower();
            }
            queue.timeout().writtenOnSlot();
        }
    }

    /// The firmware starts from here when the queue is programmed next.
    private void writeExtractInit() {
        long extract = queue.extract();
        queue.setExtractInit(extract);
        byte[] word =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(extract)
                        .array();
        kernel.sim()
                .emit(
                        group.queueTrack(queue.index()),
                        new MemoryEvent.MemWrite(
                                queue.userIo().id(),
                                UserIo.EXTRACT_INIT,
                                word,
                                MemoryEvent.MemoryWriter.KERNEL));
    }

    private byte[] instructions(PanthorJob job, int slot) {
        Long syncVa = group.syncobjVa(queue.index());
        return JobInstructions.encode(
                job.call(),
                sched.firmware().workRegisters(),
                sched.firmware().scoreboards(),
                syncVa == null ? 0 : syncVa,
                job.profilingMask(),
                queue.profilingVa() + (long) slot * Queue.PROFILING_SLOT_BYTES);
    }

    private void writeRing(byte[] words, long insert) {
        int position = (int) (insert & (queue.ringBytes() - 1));
        int first = (int) Math.min(words.length, queue.ringBytes() - position);
        queue.ring().buffer().write(position, Arrays.copyOf(words, first));
        if (first < words.length) {
            queue.ring().buffer().write(0, Arrays.copyOfRange(words, first, words.length));
        }
        kernel.sim()
                .emit(
                        group.queueTrack(queue.index()),
                        new RingWrite(
                                group.gid(),
                                queue.index(),
                                insert,
                                words.length,
                                words,
                                Writer.KERNEL));
    }
}
