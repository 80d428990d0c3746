package org.panscope.core.report.fences;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.StreamTrack;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.XgsEvent.XgsJob;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// When groups have slots, what is stored while one is taken away, and how long XGS jobs wait for a
/// group that has none (V5, V13).
final class Residency implements Collector {
    private static final class Group {
        long boundAt = -1;
        long total;
        long longest;
        long times;
        final Map<Integer, Step> sampled = new LinkedHashMap<>();
        final Map<Integer, Step> inserted = new LinkedHashMap<>();
        final Map<Integer, Long> sampledInsert = new LinkedHashMap<>();
    }

    /// An XGS job in flight, and how long each group had been on a slot when it began to wait.
    private record Waiting(Step from, Map<Long, Long> onSlot) {}

    private final Map<Long, Group> groups = new TreeMap<>();
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private final List<String> hazards = new ArrayList<>();
    private final List<String> offSlot = new ArrayList<>();
    private @Nullable Step lastGpuWrite;
    private long lastGpuWriter = -1;
    private final Map<Integer, Long> groupOnSlot = new LinkedHashMap<>();
    private long unbinds;
    private long startNs = Long.MAX_VALUE;

    @Override
    public void add(Step step) {
        startNs = Math.min(startNs, step.timeNs());
        switch (step.event()) {
            case Bind bind -> {
                Group group = of(bind.gid());
                groupOnSlot.put(bind.slot(), bind.gid());
                group.boundAt = step.timeNs();
                group.times++;
            }
            case Unbind unbind -> unbound(step, unbind);
            case CsStatus status -> {
                Group group = of(status.gid());
                group.sampled.put(status.queue(), step);
                group.sampledInsert.put(status.queue(), status.insert());
            }
            case InsertWrite insert -> of(insert.gid()).inserted.put(insert.queue(), step);
            case SyncMem write -> {
                Long writer = writer(step, write);
                if (writer != null) {
                    lastGpuWrite = step;
                    lastGpuWriter = writer;
                }
            }
            case XgsJob job -> xgs(step, job);
            default -> {}
        }
    }

    private Group of(long gid) {
        return groups.computeIfAbsent(gid, missing -> new Group());
    }

    private void unbound(Step step, Unbind unbind) {
        unbinds++;
        Group group = of(unbind.gid());
        if (group.boundAt >= 0) {
            group.total += step.timeNs() - group.boundAt;
            group.longest = Math.max(group.longest, step.timeNs() - group.boundAt);
            group.boundAt = -1;
        }
        for (Map.Entry<Integer, Step> entry : group.inserted.entrySet()) {
            Step sampled = group.sampled.get(entry.getKey());
            Step inserted = entry.getValue();
            if (sampled != null && inserted.seq() > sampled.seq()) {
                hazards.add(
                        "queue:"
                                + unbind.gid()
                                + "."
                                + entry.getKey()
                                + ": INSERT stored at "
                                + inserted.at()
                                + ", between the last look at "
                                + sampled.at()
                                + " and the loss of the slot at "
                                + step.at());
            }
        }
    }

    private void xgs(Step step, XgsJob job) {
        switch (job.step()) {
            case BUSY -> {
                Map<Long, Long> onSlot = new LinkedHashMap<>();
                groups.forEach((gid, group) -> onSlot.put(gid, onSlot(group, step.timeNs())));
                waiting.put(job.job(), new Waiting(step, onSlot));
            }
            case COMPLETED -> completed(step, job);
            case TIMEOUT, ERROR, CANCELLED, FREED -> waiting.remove(job.job());
            default -> {}
        }
    }

    /// The last write of a GPU before a job completes is taken for what it waited for.
    private void completed(Step step, XgsJob job) {
        Waiting wait = waiting.remove(job.job());
        Step write = lastGpuWrite;
        if (wait == null || write == null || write.seq() < wait.from().seq()) {
            return;
        }
        long gid = lastGpuWriter;
        Group group = groups.get(gid);
        if (group == null) {
            return;
        }
        long waited = step.timeNs() - wait.from().timeNs();
        long on = onSlot(group, step.timeNs()) - wait.onSlot().getOrDefault(gid, 0L);
        long off = waited - on;
        if (off > 0) {
            offSlot.add(
                    "xgs-job:"
                            + job.job()
                            + " waited "
                            + Words.duration(waited)
                            + " from "
                            + wait.from().at()
                            + "; its producer group:"
                            + gid
                            + " was off slot for "
                            + Words.duration(off)
                            + " of that");
        }
    }

    /// The group whose stream wrote a sync object, or null.
    private @Nullable Long writer(Step step, SyncMem write) {
        StreamTrack stream = step.stream();
        return write.writer() != SyncWriter.GPU
                ? null
                : write.gid() != null
                        ? write.gid()
                        : stream == null ? null : groupOnSlot.get(stream.csg());
    }

    private static long onSlot(Group group, long nowNs) {
        return group.total + (group.boundAt < 0 ? 0 : nowNs - group.boundAt);
    }

    @Override
    public List<Answer> answers(long endNs) {
        if (groups.values().stream().allMatch(group -> group.times == 0)) {
            String needs = "needs BIND and UNBIND events.";
            return List.of(Question.V5.unanswered(needs), Question.V13.unanswered(needs));
        }
        List<String> details = new ArrayList<>(Words.some(hazards));
        details.addAll(Words.some(offSlot));
        List<String> residency = new ArrayList<>();
        groups.forEach((gid, group) -> {
            long on = onSlot(group, endNs);
            long longest = Math.max(group.longest, group.boundAt < 0 ? 0 : endNs - group.boundAt);
            if (group.times > 0) {
                residency.add(
                        "group:"
                                + gid
                                + ": "
                                + Words.of(group.times, "time")
                                + " on a slot, "
                                + Words.duration(on)
                                + " in all ("
                                + Words.share(on, endNs - startNs)
                                + "), longest "
                                + Words.duration(longest));
            }
        });
        return List.of(
                Question.V5.answered(
                        Words.of(unbinds, "time")
                                + " a group lost its slot; "
                                + Words.of(hazards.size(), "store")
                                + " of INSERT fell between the last look and that. "
                                + Words.of(offSlot.size(), "XGS job")
                                + " waited while the group that was to write the value was off"
                                + " slot.",
                        details),
                Question.V13.answered(
                        Words.of(residency.size(), "group")
                                + " had a slot at some time; a group executes only then.",
                        Words.some(residency)));
    }
}
