package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Jobs of the GPU scheduler: queued, run, done (`drivers/gpu/drm/scheduler/gpu_scheduler_trace.h`,
/// before and after its events were renamed; amdgpu's own events where a kernel has no others).
///
/// New kernels name a job by its finished fence. Old ones print the address of that fence, and no
/// address at all in the first seconds after boot; then a job is known by ring and id, and its end
/// by the fence that signals beside it on the same CPU.
final class JobPairs {
    private static final int MOST_CPUS = 4096;
    private static final int MOST_THREADS = 50_000;

    private final PairBook book;
    private final Workers workers;
    private final JobTable jobs;
    private final HardwareFences hardware = new HardwareFences();

    /// The scheduler's fence each thread made last: behind two of them the job is pushed.
    private final LinkedHashMap<Integer, Made> madeByThread = new LinkedHashMap<>();

    /// Job whose hardware fence signalled last on a CPU.
    private final Map<Integer, Job> signaledOnCpu = new LinkedHashMap<>();

    /// A completion on a CPU that names nothing, by its seq.
    private final Map<Integer, Long> namelessOnCpu = new LinkedHashMap<>();

    /// When the last job of a hardware context was done.
    private final Map<Long, Long> lastDoneNs = new LinkedHashMap<>();

    private record Made(String ring, long fence) {}

    JobPairs(PairBook book, Workers workers) {
        this.book = book;
        this.workers = workers;
        jobs = new JobTable(book);
    }

    /// What reads the events of this name, or null.
    ///
    /// @param isAmdgpuOnly whether the trace has no events of the scheduler itself
    @Nullable Consumer<EventCursor> reader(String name, Fields fields, boolean isAmdgpuOnly) {
        Names names = Names.of(fields);
        return switch (name) {
            case "drm_sched_job_queue", "drm_sched_job", "amd_sched_job" ->
                    event -> queued(names, event);
            case "drm_sched_job_run", "drm_run_job" -> event -> run(names, event);
            case "drm_sched_job_done", "drm_sched_process_job", "amd_sched_process_job" ->
                    event -> done(names, event);
            case "amdgpu_cs_ioctl" -> isAmdgpuOnly ? event -> queued(names, event) : null;
            case "amdgpu_sched_run_job" -> isAmdgpuOnly ? event -> run(names, event) : null;
            default -> null;
        };
    }

    /// The fields that may name a job.
    private record Names(
            FieldReader context,
            FieldReader seqno,
            FieldReader address,
            FieldReader ring,
            FieldReader id) {

        static Names of(Fields fields) {
            return new Names(
                    fields.get("fence_context", "context"),
                    fields.get("fence_seqno", "seqno"),
                    fields.get("fence"),
                    fields.get("ring", "name", "timeline"),
                    fields.get("id"));
        }

        boolean hasFence(EventCursor event) {
            return context.isPresent(event) && seqno.isPresent(event);
        }

        long finished(EventCursor event) {
            return hasFence(event)
                    ? FenceKey.of(context.number(event, 0), seqno.number(event, 0))
                    : FenceKey.NONE;
        }

        long address(EventCursor event) {
            return hasFence(event) ? 0 : address.number(event, 0);
        }

        /// What people call the job.
        String name(EventCursor event) {
            if (id.isPresent(event)) {
                return id.text(event);
            }
            return hasFence(event)
                    ? context.text(event) + ":" + seqno.text(event)
                    : address.text(event);
        }
    }

    private void queued(Names names, EventCursor event) {
        hardware.forget(event.pid());
        String ring = names.ring().text(event);
        long finished = names.finished(event);
        Made made = madeByThread.remove(event.pid());
        if (finished == FenceKey.NONE && made != null && made.ring().equals(ring)) {
            finished = made.fence();
        }
        Job job = new Job(ring, names.id().text(event), names.address(event), finished);
        job.pair = book.begin(PairKind.JOB_QUEUED, ring, names.name(event), finished, event, null);
        jobs.add(job, event);
    }

    private void run(Names names, EventCursor event) {
        String ring = names.ring().text(event);
        Job job =
                jobs.find(
                        names.finished(event), names.address(event), ring, names.id().text(event));
        String name = names.name(event);
        if (job == null || job.isRunning()) {
            book.loneEnd(PairKind.JOB_QUEUED, name, event);
            job =
                    new Job(
                            ring,
                            names.id().text(event),
                            names.address(event),
                            names.finished(event));
            job.pair = book.begin(PairKind.JOB_RUN, ring, name, job.finished, event, null);
            jobs.add(job, event);
        } else {
            Pair queued = job.pair;
            if (queued != null) {
                book.end(queued, event, Outcome.ENDED);
            }
            job.pair = book.begin(PairKind.JOB_RUN, ring, name, job.finished, event, null);
        }
        job.runNs = event.timeNs();
        boolean hasSignaled = hardware.run(event.pid(), job);
        if (job.hardware != FenceKey.NONE) {
            jobs.learnHardware(job);
        }
        if (hasSignaled) {
            hardwareDone(job, event);
        }
    }

    private void done(Names names, EventCursor event) {
        long finished = names.finished(event);
        long address = names.address(event);
        Job job = jobs.find(finished, address, "", "");
        if (job == null && finished == FenceKey.NONE && address == 0) {
            Job beside = signaledOnCpu.remove(event.cpu());
            if (beside == null || !beside.isRunning()) {
                nameless(event);
                return;
            }
            job = beside;
        }
        if (job == null) {
            book.loneEnd(PairKind.JOB_RUN, names.name(event), event);
        } else {
            over(job, event);
        }
    }

    /// A completion that names nothing waits for the fence that signals next on its CPU.
    private void nameless(EventCursor event) {
        if (namelessOnCpu.size() >= MOST_CPUS) {
            book.counter(PairKind.JOB_RUN).unknown(event.seq());
            return;
        }
        Long before = namelessOnCpu.put(event.cpu(), event.seq());
        if (before != null) {
            book.counter(PairKind.JOB_RUN).unknown(before);
        }
    }

    /// A fence is made: the scheduler's own for a job about to be pushed, or a driver's for a job
    /// it runs.
    void fenceMade(long key, String driver, String timeline, EventCursor event) {
        if (key == FenceKey.NONE) {
            return;
        }
        if (driver.equals("drm_sched")) {
            madeByThread.put(event.pid(), new Made(timeline, key));
            if (madeByThread.size() > MOST_THREADS) {
                madeByThread.pollFirstEntry();
            }
        } else if (HardwareFences.isHardware(driver, timeline)) {
            Job job = hardware.made(event.pid(), key);
            if (job != null) {
                jobs.learnHardware(job);
            }
        }
    }

    /// A fence signals: a driver's, then the job is done on the hardware; or the finished one,
    /// which ends a job whose own event of that is missing.
    void fenceSignaled(long key, EventCursor event) {
        if (key == FenceKey.NONE) {
            return;
        }
        Job done = jobs.byHardware(key);
        if (done != null) {
            hardwareDone(done, event);
        } else {
            hardware.signaled(key);
        }
        Job finished = jobs.byFinished(key);
        if (finished != null && finished.isRunning()) {
            namelessOnCpu.remove(event.cpu());
            over(finished, event);
        }
    }

    private void hardwareDone(Job job, EventCursor event) {
        Pair pair = job.pair;
        if (pair == null || !job.isRunning()) {
            return;
        }
        long context = FenceKey.context(job.hardware);
        Long before = lastDoneNs.get(context);
        if (before != null || lastDoneNs.size() < MOST_THREADS) {
            lastDoneNs.put(context, event.timeNs());
        }
        long from = before == null ? job.runNs : Math.max(job.runNs, before);
        book.busy(pair, Math.min(from, event.timeNs()), event);
        job.endsByTimeout |= workers.endsByTimeout(job.runNs, book.isUnbroken(pair), event);
        if (signaledOnCpu.size() < MOST_CPUS) {
            signaledOnCpu.put(event.cpu(), job);
        }
    }

    /// The job is over; so are those in front of it in its context, whose ends were not seen.
    private void over(Job job, EventCursor event) {
        for (Job earlier : jobs.earlierOf(job)) {
            end(earlier, event, Outcome.ABANDONED);
        }
        Pair pair = job.pair;
        if (pair != null && !job.isRunning()) {
            book.loneEnd(PairKind.JOB_RUN, pair.name(), event);
            end(job, event, Outcome.ABANDONED);
            return;
        }
        boolean byTimeout =
                job.endsByTimeout
                        || (pair != null
                                && job.hardware == FenceKey.NONE
                                && workers.endsByTimeout(job.runNs, book.isUnbroken(pair), event));
        end(job, event, byTimeout ? Outcome.TIMED_OUT : Outcome.ENDED);
    }

    private void end(Job job, EventCursor event, Outcome outcome) {
        Pair pair = job.pair;
        jobs.remove(job);
        job.pair = null;
        if (pair != null) {
            book.end(pair, event, outcome);
        }
    }

    /// A thread begins or ends a work item.
    void turn(int thread) {
        hardware.forget(thread);
    }

    void finish() {
        for (long seq : namelessOnCpu.values()) {
            book.counter(PairKind.JOB_RUN).unknown(seq);
        }
        namelessOnCpu.clear();
        jobs.finish();
    }
}
