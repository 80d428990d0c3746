package org.panscope.core.summary;

import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Counts, in one pass, what a trace holds of command submission, process by process. Numbers come
/// from events alone; a capture without such events has a summary without such sentences.
public final class SubmissionSummary {
    private final SortedMap<Integer, ProcessCounts> byFile = new TreeMap<>();
    private final SortedMap<Long, Integer> fileOfGroup = new TreeMap<>();
    private final SortedMap<Long, Boolean> userSubmit = new TreeMap<>();
    private final TreeSet<String> syncObjects = new TreeSet<>();
    private final TreeSet<Integer> slots = new TreeSet<>();
    private final SortedMap<String, Boolean> fences = new TreeMap<>();
    private long events;
    private long spanNs;
    private long syncWrites;
    private long ticks;
    private long warnings;
    private long eventfdSignals;

    private SubmissionSummary() {}

    /// Reads the trace once.
    public static SubmissionSummary of(Trace trace) {
        SubmissionSummary summary = new SubmissionSummary();
        summary.events = trace.eventCount();
        summary.spanNs = trace.lastTimeNs() - trace.firstTimeNs();
        boolean[] counted = new boolean[trace.types().size()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = counts(trace.types().get(i));
        }
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            TraceEvent event = counted[cursor.typeIndex()] ? cursor.event().record() : null;
            if (event != null) {
                summary.add(event);
            }
        }
        return summary;
    }

    private static boolean counts(EventTypeInfo type) {
        for (Class<?> counted : COUNTED) {
            if (!type.isDynamic()
                    && Vocabulary.get().of(counted).info().name().equals(type.name())) {
                return true;
            }
        }
        return false;
    }

    private static final List<Class<?>> COUNTED =
            List.of(
                    FileOpen.class,
                    GroupCreateStep.class,
                    IoctlEnter.class,
                    InsertWrite.class,
                    DbRing.class,
                    Kick.class,
                    Eventfd.class,
                    Fence.class,
                    SyncMem.class,
                    Bind.class,
                    Tick.class,
                    Warn.class);

    private void add(TraceEvent event) {
        switch (event) {
            case FileOpen open -> byFile.put(open.fileId(), new ProcessCounts(open.process()));
            case GroupCreateStep step -> {
                fileOfGroup.put(step.gid(), step.fileId());
                Boolean isUser = step.userSubmit();
                if (isUser != null) {
                    userSubmit.put(step.gid(), isUser);
                }
            }
            case IoctlEnter ioctl -> ofFile(ioctl.fileId()).ioctls++;
            case InsertWrite insert -> addInsert(insert);
            case DbRing ring -> addRing(ring);
            case Kick kick -> addKick(kick);
            case Eventfd eventfd -> eventfdSignals += eventfd.after() > eventfd.before() ? 1 : 0;
            case Fence fence -> addFence(fence);
            case SyncMem sync -> {
                syncWrites++;
                syncObjects.add(sync.vmId() + "@" + sync.va());
            }
            case Bind bind -> slots.add(bind.slot());
            case Tick tick -> ticks += tick.phase() == TickPhase.BEGIN ? 1 : 0;
            case Warn _ -> warnings++;
            default -> throw new IllegalStateException("not counted: " + event);
        }
    }

    private void addInsert(InsertWrite insert) {
        ProcessCounts process = ofGroup(insert.gid());
        if (insert.by() == Writer.USER) {
            process.userBatches++;
        } else {
            process.kernelJobs++;
        }
    }

    private void addRing(DbRing ring) {
        Long gid = ring.intendedGid();
        if (gid == null) {
            return;
        }
        ProcessCounts process = ofGroup(gid);
        if (ring.page() == DoorbellPage.DUMMY) {
            process.ringsToDummy++;
        } else {
            process.rings++;
        }
    }

    private void addKick(Kick kick) {
        Long gid = kick.gid();
        if (gid != null) {
            ofGroup(gid).kicks++;
        }
    }

    private void addFence(Fence fence) {
        String id = fence.context() + ":" + fence.seqno();
        switch (fence.step()) {
            case INIT -> {
                if (fence.kind() == FenceKind.FINISHED) {
                    fences.put(id, false);
                }
            }
            case SIGNALED -> fences.computeIfPresent(id, (key, before) -> true);
            case PUBLISH, ADD_CALLBACK, ENABLE_SIGNAL, SET_ERROR, DESTROY, RELINK -> {}
        }
    }

    private ProcessCounts ofFile(int fileId) {
        return byFile.computeIfAbsent(fileId, id -> new ProcessCounts("file " + id));
    }

    private ProcessCounts ofGroup(long gid) {
        Integer file = fileOfGroup.get(gid);
        return ofFile(file == null ? 0 : file);
    }

    /// The paragraph, without a line break.
    public String paragraph() {
        List<String> sentences = new ArrayList<>();
        sentences.add(events + " events over " + micros(spanNs) + " of trace time");
        byFile.values().forEach(process -> sentences.add(process.sentence()));
        if (!slots.isEmpty()) {
            sentences.add(
                    count(userSubmit.size(), "group")
                            + " shared "
                            + count(slots.size(), "CSG slot")
                            + " in "
                            + count(ticks, "scheduler tick"));
        }
        if (syncWrites > 0) {
            sentences.add(
                    count(syncObjects.size(), "sync object")
                            + " took "
                            + count(syncWrites, "write")
                            + ", eventfds were signalled "
                            + count(eventfdSignals, "time"));
        }
        if (!fences.isEmpty()) {
            long open = fences.values().stream().filter(signalled -> !signalled).count();
            sentences.add(
                    "of "
                            + count(fences.size(), "job fence")
                            + (open == 0 ? " all" : " all but " + open)
                            + " signalled");
        }
        if (warnings > 0) {
            sentences.add("the kernel logged " + count(warnings, "line"));
        }
        return String.join("; ", sentences) + ".";
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// Microseconds with three decimals, by integers.
    private static String micros(long ns) {
        return ns / 1000
                + "."
                + String.format(Locale.ROOT, "%03d", Math.floorMod(ns, 1000))
                + " µs";
    }

    private static final class ProcessCounts {
        private final String name;
        private long userBatches;
        private long kernelJobs;
        private long rings;
        private long ringsToDummy;
        private long kicks;
        private long ioctls;

        ProcessCounts(String name) {
            this.name = name;
        }

        String sentence() {
            List<String> parts = new ArrayList<>();
            if (userBatches > 0) {
                parts.add(
                        userBatches
                                + (userBatches == 1 ? " batch" : " batches")
                                + " written to its own ring");
            }
            if (kernelJobs > 0) {
                parts.add(count(kernelJobs, "job") + " written by the kernel");
            }
            if (rings + ringsToDummy > 0) {
                parts.add(
                        count(rings + ringsToDummy, "doorbell ring")
                                + (ringsToDummy > 0
                                        ? " (" + ringsToDummy + " to the dummy page)"
                                        : ""));
            }
            if (kicks > 0) {
                parts.add(count(kicks, "GROUP_KICK"));
            }
            parts.add(count(ioctls, "ioctl"));
            return name + " made " + String.join(", ", parts);
        }
    }
}
