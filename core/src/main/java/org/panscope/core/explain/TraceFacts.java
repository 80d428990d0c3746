package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.core.fields.StreamTrack;
import org.panscope.core.state.EventTranslator;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.Fault;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.GroupDestroy;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Vocabulary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a state does not keep and an explanation needs: which event did what last. One forward pass
/// over the trace up to a moment; memory follows what is alive, not the length of the trace.
final class TraceFacts {
    private static final List<Class<?>> READ =
            List.of(
                    RingWrite.class,
                    InsertWrite.class,
                    DbRing.class,
                    DbFault.class,
                    Kick.class,
                    Bind.class,
                    Unbind.class,
                    CsStatus.class,
                    FwCs.class,
                    FwEvent.class,
                    Fault.class,
                    Term.class,
                    Warn.class,
                    GroupDestroy.class,
                    GroupRelease.class,
                    IoctlEnter.class,
                    Reclaim.class,
                    Pm.class,
                    SyncMem.class,
                    XgsQueue.class,
                    XgsJob.class,
                    XgsOp.class);

    private static final String FW_CS = Vocabulary.get().of(FwCs.class).info().name();

    private final Trace trace;
    private int streams = -1;
    private FieldReader insertRead = FieldReader.ABSENT;
    private final boolean[] isRead;
    private final boolean[] isForeign;
    private final EventTranslator translator;
    private final EventCursor cursor;
    private long count;
    private final QueueFacts queues = new QueueFacts();
    private final XgsFacts xgs = new XgsFacts();
    private final Map<Integer, Integer> fileOfThread = new LinkedHashMap<>();
    private final Map<Integer, Seen<Reclaim>> reclaims = new LinkedHashMap<>();
    private final Map<String, Write> writes = new LinkedHashMap<>();
    private long suspendBegun = Link.NO_EVENT;
    private long suspended = Link.NO_EVENT;

    /// Something that happened, and when.
    ///
    /// @param seq sequence number of the event
    /// @param timeNs its time
    record Seen<T>(long seq, long timeNs, T event) {}

    /// A write of a sync object.
    ///
    /// @param queue the queue that executed it, or null
    record Write(Seen<SyncMem> seen, @Nullable ObjectId queue) {}

    /// Nothing has been read yet.
    TraceFacts(Trace trace) {
        this.trace = trace;
        isRead = new boolean[trace.types().size()];
        isForeign = new boolean[isRead.length];
        for (int i = 0; i < isRead.length; i++) {
            EventTypeInfo type = trace.types().get(i);
            isForeign[i] = type.isDynamic() && !trace.header().isEmulated();
            isRead[i] = isRead(type);
            if (!type.isDynamic() && type.name().equals(FW_CS)) {
                streams = i;
                insertRead = new Fields(type).get("insert");
            }
        }
        translator = TraceReduction.translatorFor(trace);
        cursor = trace.cursor(0);
    }

    /// Reads the first `position` events of a trace.
    static TraceFacts of(Trace trace, long position) {
        TraceFacts facts = new TraceFacts(trace);
        facts.readTo(position);
        return facts;
    }

    /// Reads on, up to the first `position` events.
    void readTo(long position) {
        boolean hasMarkers = !translator.equals(EventTranslator.NONE);
        for (; count < position && cursor.next(); count++) {
            int type = cursor.typeIndex();
            if (type == streams && !insertRead.isPresent(cursor)) {
                continue; // most are about EXTRACT, which a state keeps
            }
            if (isRead[type]) {
                add(cursor.event().record());
            } else if (hasMarkers && isForeign[type]) {
                for (TraceEvent meaning : translator.translate(cursor.event())) {
                    if (READ.contains(meaning.getClass())) {
                        add(meaning);
                    }
                }
            }
        }
    }

    private static boolean isRead(EventTypeInfo type) {
        if (type.isDynamic()) {
            return false;
        }
        for (Class<?> read : READ) {
            if (Vocabulary.get()
                    .of(read.asSubclass(TraceEvent.class))
                    .info()
                    .name()
                    .equals(type.name())) {
                return true;
            }
        }
        return false;
    }

    private void add(@Nullable TraceEvent event) {
        long seq = cursor.seq();
        long timeNs = cursor.timeNs();
        switch (event) {
            case IoctlEnter ioctl -> fileOfThread.put(cursor.pid(), ioctl.fileId());
            case Reclaim reclaim -> reclaim(reclaim);
            case Pm pm -> power(seq, pm);
            case SyncMem write ->
                    writes.put(
                            key(write.vmId(), write.va()),
                            new Write(new Seen<>(seq, timeNs, write), writer(write)));
            case XgsQueue queue -> xgs.queue(queue);
            case XgsJob job -> xgs.job(seq, job);
            case XgsOp op -> xgs.op(op);
            case null -> {} // of a version that this one does not know
            default -> queues.add(seq, timeNs, event);
        }
    }

    private void reclaim(Reclaim reclaim) {
        switch (reclaim.step()) {
            case WAIT_FENCE ->
                    reclaims.put(cursor.pid(), new Seen<>(cursor.seq(), cursor.timeNs(), reclaim));
            case EVICT, END -> reclaims.remove(cursor.pid());
            case BEGIN, RESTORE -> {}
        }
    }

    /// The queue that wrote a sync object, as the event or its track says.
    private @Nullable ObjectId writer(SyncMem write) {
        Long gid = write.gid();
        Integer queue = write.queue();
        if (gid != null && queue != null) {
            return ObjectId.queue(gid, queue);
        }
        StreamTrack stream = StreamTrack.of(trace, cursor.track());
        Long bound = stream == null ? null : queues.groupOn(stream.csg());
        return stream == null || bound == null ? null : ObjectId.queue(bound, stream.cs());
    }

    private void power(long seq, Pm pm) {
        switch (pm.step()) {
            case SUSPEND_BEGIN -> suspendBegun = seq;
            case SUSPEND_END -> suspended = seq;
            default -> {}
        }
    }

    private static String key(long vm, long va) {
        return vm + "@" + va;
    }

    // ---- questions ----------------------------------------------------------------------------

    /// The time of an event.
    long timeNs(long seq) {
        return trace.timeNs(seq);
    }

    QueueFacts queues() {
        return queues;
    }

    XgsFacts xgs() {
        return xgs;
    }

    /// The threads that were seen calling the driver through a file.
    List<Integer> threadsOf(long file) {
        return fileOfThread.entrySet().stream()
                .filter(entry -> entry.getValue() == file && entry.getKey() >= 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// What a thread's allocation waits for, or null.
    @Nullable Seen<Reclaim> reclaimBy(int pid) {
        return reclaims.get(pid);
    }

    /// The last write of a sync object, or null.
    @Nullable Write lastWrite(long vm, long va) {
        return writes.get(key(vm, va));
    }

    /// The end of the last runtime suspend, or [Link#NO_EVENT].
    long suspended() {
        return suspended;
    }

    /// The beginning of the last runtime suspend, or [Link#NO_EVENT].
    long suspendBegun() {
        return suspendBegun;
    }
}
