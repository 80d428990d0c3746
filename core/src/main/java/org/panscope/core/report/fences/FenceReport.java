package org.panscope.core.report.fences;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.explain.ProducerCheck;
import org.panscope.core.fields.StreamTrack;
import org.panscope.core.state.EventTranslator;
import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.MemoryEvent.BoCreate;
import org.panscope.trace.event.MemoryEvent.BoDestroy;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.MemoryEvent.VmBindJob;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.Eviction;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What a trace says to the questions of the series' reviewers (V1 to V17), the life of each
/// published fence, and where the time of a batch goes. One pass over the events; states are asked
/// for where fences of XGS jobs are published, and at a few moments for the wait-for graph.
public final class FenceReport {
    private static final List<Class<? extends TraceEvent>> READ =
            List.of(
                    FenceEvent.Fence.class,
                    FenceEvent.Resv.class,
                    FwCs.class,
                    AllocInSignal.class,
                    FileOpen.class,
                    GroupCreateStep.class,
                    GroupRelease.class,
                    IoctlEnter.class,
                    Kick.class,
                    BoCreate.class,
                    BoDestroy.class,
                    Reclaim.class,
                    VmBindJob.class,
                    Bind.class,
                    Unbind.class,
                    CsStatus.class,
                    Eviction.class,
                    FwEvent.class,
                    Job.class,
                    SyncMem.class,
                    DbRing.class,
                    InsertWrite.class,
                    UserWaitEnd.class,
                    XgsJob.class,
                    XgsQueue.class);

    private final String source;
    private final long eventCount;
    private final List<Answer> answers = new ArrayList<>();
    private final FenceLives lives = new FenceLives();
    private final Batches batches = new Batches();

    private FenceReport(Trace trace) {
        source = trace.header().source();
        eventCount = trace.eventCount();
    }

    /// Reads the trace.
    public static FenceReport of(Trace trace) {
        FenceReport report = new FenceReport(trace);
        report.read(trace);
        return report;
    }

    private void read(Trace trace) {
        List<Collector> collectors =
                List.of(
                        lives,
                        new Contexts(new ProducerCheck(trace, TraceReduction.historyOf(trace))),
                        new Cycles(trace),
                        new Residency(),
                        new Submissions(),
                        new MemoryRules(),
                        new Execution(),
                        new Evictions(),
                        batches);
        boolean[] isRead = new boolean[trace.types().size()];
        boolean[] isForeign = new boolean[isRead.length];
        for (int i = 0; i < isRead.length; i++) {
            isRead[i] = isRead(trace.types().get(i));
            isForeign[i] = trace.types().get(i).isDynamic() && !trace.header().isEmulated();
        }
        EventTranslator translator = TraceReduction.translatorFor(trace);
        boolean hasMarkers = !translator.equals(EventTranslator.NONE);
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            if (isRead[cursor.typeIndex()]) {
                add(trace, collectors, cursor, cursor.event().record());
            } else if (hasMarkers && isForeign[cursor.typeIndex()]) {
                for (TraceEvent meaning : translator.translate(cursor.event())) {
                    add(trace, collectors, cursor, meaning);
                }
            }
        }
        for (Collector collector : collectors) {
            answers.addAll(collector.answers(trace.lastTimeNs()));
        }
        answers.sort(Comparator.comparingInt(answer -> Integer.parseInt(answer.id().substring(1))));
    }

    private static boolean isRead(EventTypeInfo type) {
        return !type.isDynamic()
                && READ.stream()
                        .anyMatch(read ->
                                Vocabulary.get().of(read).info().name().equals(type.name()));
    }

    private static void add(
            Trace trace,
            List<Collector> collectors,
            EventCursor cursor,
            @Nullable TraceEvent event) {
        if (event == null) {
            return; // of a version that this one does not know
        }
        StreamTrack stream =
                event instanceof SyncMem ? StreamTrack.of(trace, cursor.track()) : null;
        Step step = new Step(cursor.seq(), cursor.timeNs(), cursor.pid(), stream, event);
        for (Collector collector : collectors) {
            collector.add(step);
        }
    }

    /// What the trace is called.
    public String source() {
        return source;
    }

    public long eventCount() {
        return eventCount;
    }

    /// V1 to V17, in order.
    public List<Answer> answers() {
        return answers;
    }

    /// Rows about published fences that were signalled: fence, created, armed, published, where,
    /// signalled, latency, cause, error.
    public List<List<String>> fences() {
        return lives.table();
    }

    /// How many such fences there were; not all have a row.
    public int fenceCount() {
        return lives.rowCount();
    }

    /// Durations of each step of a batch since the one before that was seen.
    public Map<Stage, Durations> stages() {
        return batches.stages();
    }

    /// From INSERT to the last step seen, of the batches that were executed.
    public Durations batchTotal() {
        return batches.total();
    }

    /// Batches announced by INSERT.
    public long announcedBatches() {
        return batches.announced();
    }

    /// Batches executed to their end.
    public long executedBatches() {
        return batches.executed();
    }
}
