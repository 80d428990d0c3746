package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.core.sql.schema.TableInfoBuilder;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FenceEvent.SyncobjWait;
import org.panscope.trace.event.FenceEvent.WaitStep;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.io.Event;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was handed over with one store of INSERT, and the stations it passed until somebody was
/// woken. A station nobody observed is NULL. The interrupt is the first run of the job line's
/// thread after the sync write; the wake-up is the end of a wait for the group's eventfd after
/// that, or of the syncobj wait that the finished fence of the batch's job ended.
final class BatchTable implements DerivedTable {
    static final TableInfo INFO =
            new TableInfoBuilder("batches", DerivedTables.PART, "one advance of INSERT of a queue")
                    .number("gid", "group")
                    .number("queue", "index in the group")
                    .number("batch", "number of the advance of this queue, from 1")
                    .text("written_by", "who stored INSERT: user or kernel")
                    .number("ring_from", "INSERT before, bytes")
                    .number("ring_to", "INSERT after, bytes")
                    .number("job", "job, where the kernel submitted it")
                    .place("write", "first store into the ring since the batch before")
                    .place("insert", "the store of INSERT")
                    .place("kick", "GROUP_KICK for the queue")
                    .text("kick_branch", "what the kick chose to do")
                    .place("doorbell", "first doorbell rung for the queue")
                    .text("doorbell_page", "real or dummy")
                    .place("fetch", "the firmware read this INSERT")
                    .place("execute", "first instruction")
                    .place("end", "EXTRACT reached this INSERT")
                    .place("sync", "last sync object it wrote")
                    .place("irq", "thread of the job interrupt after that")
                    .place("wake", "end of a wait for it")
                    .text("state", "ended, executing, fetched, or pending: not seen by firmware")
                    .cursor()
                    .build();

    /// Instructions whose sync writes may still come.
    private static final int MOST_INSTRUCTIONS = 4096;

    /// Signals that may still end a wait.
    private static final int MOST_SIGNALLED = 1024;

    private final RowOutput output;
    private final Residency residency;
    private final Map<Long, Map<Integer, BatchQueue>> queues = new TreeMap<>();
    private final Map<Long, BatchQueue> recentInstructions = new LinkedHashMap<>();
    private final Map<String, Long> eventfdGroups = new TreeMap<>();
    private final Map<String, BatchQueue.Batch> byFence = new TreeMap<>();
    private final TreeMap<Long, BatchQueue.Batch> signalled = new TreeMap<>();
    private final Set<BatchQueue.Batch> awaitInterrupt = new LinkedHashSet<>();

    BatchTable(RowOutput output, Residency residency) {
        this.output = output;
        this.residency = residency;
    }

    @Override
    public void register(Listeners listeners) {
        listeners.on(
                RingWrite.class,
                (event, write) -> of(write.gid(), write.queue()).written(Moment.of(event)));
        listeners.on(Job.class, this::job);
        listeners.on(InsertWrite.class, this::inserted);
        listeners.on(Kick.class, this::kicked);
        listeners.on(DbRing.class, this::rung);
        listeners.on(FwCs.class, this::firmware);
        listeners.on(CsInstr.class, this::instruction);
        listeners.on(SyncMem.class, this::synced);
        listeners.on(Irq.class, this::interrupted);
        listeners.on(Eventfd.class, this::eventfd);
        listeners.on(Fence.class, this::fence);
        listeners.on(SyncobjWait.class, this::syncobjWait);
        listeners.on(UserWaitEnd.class, this::userWoke);
    }

    private void job(Event event, Job job) {
        if (job.ringEnd() != null) {
            of(job.gid(), job.queue()).jobWritten(job.ringEnd(), job.job(), job.finished());
        }
    }

    private void inserted(Event event, InsertWrite write) {
        BatchQueue queue = of(write.gid(), write.queue());
        BatchQueue.Batch batch = queue.inserted(write, Moment.of(event));
        if (batch != null && batch.finished() != null) {
            byFence.put(batch.finished(), batch);
        }
    }

    private void kicked(Event event, Kick kick) {
        Long gid = kick.gid();
        if (gid == null) {
            return;
        }
        for (BatchQueue queue : ofGroup(gid)) {
            if ((kick.mask() >>> queue.index() & 1) != 0) {
                queue.kicked(
                        kick.branch() == null ? null : kick.branch().label(), Moment.of(event));
            }
        }
    }

    /// The page of a slot is rung for all queues of its group.
    private void rung(Event event, DbRing ring) {
        Long gid = ring.intendedGid();
        Integer index = ring.intendedQueue();
        if (gid == null) {
            return;
        }
        for (BatchQueue queue : ofGroup(gid)) {
            if (index == null || queue.index() == index) {
                queue.rung(ring.page().label(), Moment.of(event));
            }
        }
    }

    private void firmware(Event event, FwCs step) {
        BatchQueue queue = on(step.csg(), step.cs());
        if (queue == null) {
            return;
        }
        if (step.insert() != null) {
            queue.fetched(step.insert(), Moment.of(event));
        }
        if (step.extract() != null) {
            queue.extracted(step.extract(), Moment.of(event));
        }
    }

    private void instruction(Event event, CsInstr instruction) {
        BatchQueue queue = on(instruction.csg(), instruction.cs());
        if (queue != null) {
            queue.executed(Moment.of(event));
            recentInstructions.put(event.seq(), queue);
            if (recentInstructions.size() > MOST_INSTRUCTIONS) {
                recentInstructions.remove(recentInstructions.keySet().iterator().next());
            }
        }
    }

    private void synced(Event event, SyncMem write) {
        if (write.writer() != SyncWriter.GPU) {
            return;
        }
        Long gid = write.gid();
        Integer index = write.queue();
        BatchQueue queue =
                gid != null && index != null
                        ? of(gid, index)
                        : recentInstructions.get(event.header().cause());
        BatchQueue.Batch batch = queue == null ? null : queue.synced(Moment.of(event));
        if (batch != null && awaitInterrupt.size() < MOST_SIGNALLED) {
            awaitInterrupt.add(batch);
        }
    }

    private void interrupted(Event event, Irq irq) {
        if (irq.line() == IrqLine.JOB && irq.step() == IrqStep.THREAD) {
            awaitInterrupt.forEach(batch -> batch.row().first("irq", Moment.of(event)));
            awaitInterrupt.clear();
        }
    }

    private void eventfd(Event event, Eventfd change) {
        ObjectId owner = ObjectId.parse(change.owner());
        if (owner.kind().equals("group")) {
            eventfdGroups.put("eventfd:" + change.eventfd(), Long.parseLong(owner.key()));
        }
    }

    private void userWoke(Event event, UserWaitEnd wait) {
        Long gid = eventfdGroups.get(wait.object());
        if (gid != null && wait.value() != null) {
            ofGroup(gid).forEach(queue -> queue.woken(Moment.of(event)));
        }
    }

    private void fence(Event event, Fence fence) {
        if (fence.step() == FenceStep.SIGNALED) {
            BatchQueue.Batch batch =
                    byFence.remove(ObjectId.fence(fence.context(), fence.seqno()).toString());
            if (batch != null) {
                signalled.put(event.seq(), batch);
                if (signalled.size() > MOST_SIGNALLED) {
                    signalled.pollFirstEntry();
                }
            }
        }
    }

    private void syncobjWait(Event event, SyncobjWait wait) {
        BatchQueue.Batch batch =
                wait.step() == WaitStep.END ? signalled.remove(event.header().cause()) : null;
        if (batch != null) {
            batch.row().first("wake", Moment.of(event));
        }
    }

    private @Nullable BatchQueue on(int csg, int cs) {
        Long gid = residency.groupOn(csg);
        return gid == null ? null : of(gid, cs);
    }

    private BatchQueue of(long gid, int queue) {
        return queues.computeIfAbsent(gid, id -> new TreeMap<>())
                .computeIfAbsent(queue, index -> new BatchQueue(gid, index, output));
    }

    private Collection<BatchQueue> ofGroup(long gid) {
        return queues.getOrDefault(gid, Map.of()).values();
    }

    @Override
    public void finish() {
        queues.values().forEach(group -> group.values().forEach(BatchQueue::finish));
    }
}
