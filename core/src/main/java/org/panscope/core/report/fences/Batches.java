package org.panscope.core.report.fences;

import org.panscope.core.fields.StreamTrack;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.UserWaitEnd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the time of a batch goes, from the store of INSERT to the thread that waits for it. A
/// batch is what one store of INSERT announces.
final class Batches implements Collector {
    /// Batches of one queue that are not over; the oldest are given up.
    private static final int MOST_OPEN = 1024;

    private static final long UNSEEN = Long.MIN_VALUE;

    private static final class Batch {
        final long from;
        final long to;
        private final Map<Stage, Long> at = new EnumMap<>(Stage.class);

        Batch(long from, long to, long timeNs) {
            this.from = from;
            this.to = to;
            at.put(Stage.INSERT, timeNs);
        }

        boolean has(Stage stage) {
            return at.containsKey(stage);
        }

        /// When it reached a stage, or [#UNSEEN].
        long at(Stage stage) {
            return at.getOrDefault(stage, UNSEEN);
        }

        /// The last step of those above it that was not later, or [#UNSEEN]: a sync object is often
        /// written before the last instruction.
        long before(Stage stage) {
            long latest = UNSEEN;
            for (Map.Entry<Stage, Long> other : at.entrySet()) {
                if (other.getKey().compareTo(stage) < 0 && other.getValue() <= at(stage)) {
                    latest = Math.max(latest, other.getValue());
                }
            }
            return latest;
        }

        void reach(Stage stage, long timeNs) {
            at.putIfAbsent(stage, timeNs);
        }
    }

    private final Map<ObjectId, Deque<Batch>> open = new LinkedHashMap<>();
    private final Map<Integer, Long> groupOnSlot = new LinkedHashMap<>();
    private final Map<Long, Integer> fileOfGroup = new LinkedHashMap<>();
    private final Map<Integer, Integer> fileOfThread = new LinkedHashMap<>();
    private final Map<Stage, Durations> stages = new EnumMap<>(Stage.class);
    private final Durations total = new Durations();
    private long announced;
    private long executed;

    @Override
    public void add(Step step) {
        long now = step.timeNs();
        switch (step.event()) {
            case GroupCreateStep create -> fileOfGroup.put(create.gid(), create.fileId());
            case IoctlEnter ioctl -> fileOfThread.put(step.pid(), ioctl.fileId());
            case Bind bind -> groupOnSlot.put(bind.slot(), bind.gid());
            case InsertWrite insert -> inserted(insert, now);
            case DbRing ring -> {
                if (ring.intendedGid() != null) {
                    noticed(ring.intendedGid(), now);
                }
            }
            case Kick kick -> {
                if (kick.gid() != null) {
                    noticed(kick.gid(), now);
                }
            }
            case FwCs stream -> stream(stream, now);
            case SyncMem write -> written(step, write);
            case FwEvent event -> {
                Long gid = event.gid();
                if (gid != null && event.syncUpdate()) {
                    interrupted(gid, now);
                }
            }
            case UserWaitEnd _ -> woken(fileOfThread.get(step.pid()), now);
            case GroupRelease release -> {
                open.entrySet()
                        .removeIf(entry -> isOf(entry.getKey(), release.gid(), entry.getValue()));
                groupOnSlot.values().removeIf(gid -> gid == release.gid());
            }
            default -> {}
        }
    }

    private boolean isOf(ObjectId queue, long gid, Deque<Batch> batches) {
        boolean isOf = queue.key().startsWith(gid + ".");
        if (isOf) {
            batches.forEach(this::close);
        }
        return isOf;
    }

    private void inserted(InsertWrite insert, long now) {
        announced++;
        ObjectId queue = ObjectId.queue(insert.gid(), insert.queue());
        Deque<Batch> batches = open.computeIfAbsent(queue, missing -> new ArrayDeque<>());
        if (batches.size() == MOST_OPEN) {
            close(batches.removeFirst());
        }
        long from = insert.oldInsert() == null ? insert.newInsert() : insert.oldInsert();
        batches.addLast(new Batch(from, insert.newInsert(), now));
    }

    private void noticed(long gid, long now) {
        for (Batch batch : ofGroup(gid)) {
            batch.reach(Stage.NOTICE, now);
        }
    }

    private Iterable<Batch> ofGroup(long gid) {
        return open.entrySet().stream()
                .filter(entry -> entry.getKey().key().startsWith(gid + "."))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private void stream(FwCs stream, long now) {
        Long gid = groupOnSlot.get(stream.csg());
        Deque<Batch> batches = gid == null ? null : open.get(ObjectId.queue(gid, stream.cs()));
        if (batches == null) {
            return;
        }
        Long insert = stream.insert();
        Long extract = stream.extract();
        for (Batch batch : batches) {
            if (insert != null && insert >= batch.to) {
                batch.reach(Stage.FETCH, now);
            }
            if (extract != null && extract > batch.from && batch.has(Stage.FETCH)) {
                batch.reach(Stage.START, now);
            }
            if (extract != null && extract >= batch.to && batch.has(Stage.START)) {
                executed += batch.has(Stage.END) ? 0 : 1;
                batch.reach(Stage.END, now);
            }
        }
    }

    private void written(Step step, SyncMem write) {
        StreamTrack stream = step.stream();
        Long gid =
                write.gid() != null || stream == null ? write.gid() : groupOnSlot.get(stream.csg());
        Integer queue =
                write.queue() != null || stream == null
                        ? write.queue()
                        : Integer.valueOf(stream.cs());
        Deque<Batch> batches =
                gid == null || queue == null || write.writer() != SyncWriter.GPU
                        ? null
                        : open.get(ObjectId.queue(gid, queue));
        if (batches == null) {
            return;
        }
        for (Batch batch : batches) {
            if (batch.has(Stage.START) && !batch.has(Stage.SYNC_WRITE)) {
                batch.reach(Stage.SYNC_WRITE, step.timeNs());
                return;
            }
        }
    }

    private void interrupted(long gid, long now) {
        for (Batch batch : ofGroup(gid)) {
            if (batch.has(Stage.SYNC_WRITE)) {
                batch.reach(Stage.INTERRUPT, now);
            }
        }
    }

    private void woken(@org.jspecify.annotations.Nullable Integer file, long now) {
        if (file == null) {
            return;
        }
        for (Map.Entry<ObjectId, Deque<Batch>> entry : open.entrySet()) {
            long gid = Long.parseLong(entry.getKey().key().split("\\.", -1)[0]);
            if (!file.equals(fileOfGroup.get(gid))) {
                continue;
            }
            Iterator<Batch> batches = entry.getValue().iterator();
            while (batches.hasNext()) {
                Batch batch = batches.next();
                if (batch.has(Stage.SYNC_WRITE) && batch.has(Stage.END)) {
                    batch.reach(Stage.WAKE_UP, now);
                    close(batch);
                    batches.remove();
                }
            }
        }
    }

    /// Takes the times of a batch that gets no more.
    private void close(Batch batch) {
        long last = UNSEEN;
        for (Stage stage : Stage.values()) {
            long at = batch.at(stage);
            long before = batch.before(stage);
            if (before != UNSEEN) {
                stages.computeIfAbsent(stage, missing -> new Durations()).add(at - before);
            }
            last = Math.max(last, at);
        }
        if (batch.has(Stage.END)) {
            total.add(last - batch.at(Stage.INSERT));
        }
    }

    @Override
    public List<Answer> answers(long endNs) {
        open.values().forEach(batches -> batches.forEach(this::close));
        open.clear();
        return List.of();
    }

    Map<Stage, Durations> stages() {
        return stages;
    }

    /// From INSERT to the last step that was seen, of batches that were executed.
    Durations total() {
        return total;
    }

    long announced() {
        return announced;
    }

    long executed() {
        return executed;
    }
}
