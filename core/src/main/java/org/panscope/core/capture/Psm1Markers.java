package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The `psm1` markers an instrumented application would have written in an emulated run: the
/// inverse of [Psm1Translator], for what the application itself knows. Its handles stand where the
/// trace has identities.
///
/// `hdr` comes with the first marker of every thread, so that a reader knows which process it is
/// of. What the grammar asks for and an application cannot know is not written: `que` (the address
/// of a ring), and samples of ACTIVE without EXTRACT.
public final class Psm1Markers {
    /// Bytes one `rbd` line holds at most.
    private static final int LINE_BYTES = 400;

    private static final int MAX_TEXT = 900;

    private final Psm1Handles handles;
    private final Map<Integer, Long> firstMarker = new TreeMap<>();

    public Psm1Markers(Trace trace) {
        handles = new Psm1Handles(trace);
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            if (cursor.pid() >= 0
                    && !cursor.type().isDynamic()
                    && !firstMarker.containsKey(cursor.pid())
                    && !withoutHeader(cursor.event()).isEmpty()) {
                firstMarker.put(cursor.pid(), cursor.seq());
            }
        }
    }

    /// What the application would have written when this happened; empty for nothing.
    public List<String> of(Event event) {
        List<String> markers = withoutHeader(event);
        Long first = firstMarker.get(event.header().pid());
        if (markers.isEmpty() || first == null || first != event.seq()) {
            return markers;
        }
        List<String> all = new ArrayList<>();
        all.add("psm1 hdr umd=panscope drv=panthor pid=" + handles.process(event.header()));
        all.addAll(markers);
        return all;
    }

    private List<String> withoutHeader(Event event) {
        TraceEvent record = event.record();
        return record == null ? List.of() : markers(event.header(), event.seq(), record);
    }

    private List<String> markers(EventHeader header, long seq, TraceEvent event) {
        return switch (event) {
            case RingWrite write when write.by() == Writer.USER -> ringWrite(write);
            case InsertWrite insert when insert.by() == Writer.USER ->
                    queue("ins", insert.gid(), insert.queue(), " v=" + insert.newInsert());
            case DbRing ring when ring.by() == Ringer.USER_PAGE -> doorbell(seq, ring);
            case UserLoad load -> load(seq, load);
            case UserWaitBegin wait when wait.kind() == WaitKind.SYNCOBJ ->
                    waitOf(wait.object(), "wait");
            case UserWaitEnd wait when wait.kind() == WaitKind.SYNCOBJ ->
                    waitOf(wait.object(), "waitend");
            case UserWaitEnd wait when wait.kind() == WaitKind.EVENTFD -> eventfd(wait.object());
            case Syncobj syncobj -> syncobj(syncobj);
            case KernelEvent.GroupCreateStep step
                    when step.step() == KernelEvent.CreateStep.RETURNED ->
                    group(
                            "grp",
                            step.gid(),
                            " nq=" + step.queueCount() + optional("prio", step.priority()));
            case KernelEvent.Kick kick when kick.gid() != null ->
                    group("kick", kick.gid(), " mask=0x" + Long.toHexString(kick.mask()));
            case KernelEvent.SyncUpdate update ->
                    List.of("psm1 upd" + handles.fileKey(update.fileId()));
            case Job job when job.step() == JobStep.CREATED -> submission(job);
            case XgsQueue queue when queue.step() != XgsQueueStep.RELEASE -> xgsQueue(queue);
            case XgsJob job when job.step() == XgsJobStep.CREATED -> xgsJob(job);
            case Mark mark -> note(header, mark.text());
            default -> List.of();
        };
    }

    private List<String> ringWrite(RingWrite write) {
        byte[] data = write.data();
        if (data == null) {
            return queue(
                    "rbw",
                    write.gid(),
                    write.queue(),
                    " at=" + write.at() + " n=" + write.length());
        }
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < data.length; from += LINE_BYTES) {
            byte[] part = Arrays.copyOfRange(data, from, Math.min(data.length, from + LINE_BYTES));
            lines.addAll(
                    queue(
                            "rbd",
                            write.gid(),
                            write.queue(),
                            " at=" + (write.at() + from) + " d=" + HexFormat.of().formatHex(part)));
        }
        return lines;
    }

    /// All queues of a group share a doorbell; it is rung for the one stored to last.
    private List<String> doorbell(long seq, DbRing ring) {
        Long gid = ring.intendedGid();
        Integer queue = ring.intendedQueue();
        if (gid != null && queue == null) {
            queue = handles.queueBefore(seq, gid);
        }
        return gid == null || queue == null ? List.of() : queue("db", gid, queue, "");
    }

    private List<String> submission(Job job) {
        Long va = job.streamVa();
        Long size = job.streamSize();
        return va == null || size == null
                ? List.of()
                : queue(
                        "sub",
                        job.gid(),
                        job.queue(),
                        " at=0x" + Long.toHexString(va) + " n=" + size);
    }

    private List<String> load(long seq, UserLoad load) {
        Long gid = load.gid();
        Integer queue = load.queue();
        if (load.word() == LoadedWord.EXTRACT && gid != null && queue != null) {
            String values =
                    " ins=" + handles.insertBefore(seq, gid, queue) + " ext=" + load.value();
            return queue("smp", gid, queue, values);
        }
        Long va = load.va();
        return load.word() == LoadedWord.SYNC_OBJECT && va != null
                ? List.of("psm1 sv a=0x" + Long.toHexString(va) + " v=" + load.value())
                : List.of();
    }

    private List<String> syncobj(Syncobj syncobj) {
        String op =
                switch (syncobj.step()) {
                    case CREATE, DESTROY, RESET, SIGNAL ->
                            syncobj.step().label().toLowerCase(Locale.ROOT);
                    case REPLACE_FENCE, ADD_POINT, WAIT_DEP, IMPORT, EXPORT, SIGNALED -> null;
                };
        if (op == null) {
            return List.of();
        }
        String point = syncobj.point() == null ? "" : " pt=" + syncobj.point();
        return List.of(
                syncobjLine(syncobj.fileId(), Integer.toString(syncobj.handle()), op) + point);
    }

    private String syncobjLine(int file, String handle, String op) {
        return "psm1 so h=" + handle + " op=" + op + handles.fileKey(file);
    }

    /// A wait on `syncobj:FILE.HANDLE`; of several only the first is named.
    private List<String> waitOf(String object, String op) {
        int colon = object.indexOf(':');
        int dot = object.indexOf('.');
        if (!object.startsWith("syncobj:") || dot < colon) {
            return List.of();
        }
        String file = object.substring(colon + 1, dot);
        String handle = object.substring(dot + 1);
        return isNumber(file) && isNumber(handle)
                ? List.of(syncobjLine(Integer.parseInt(file), handle, op))
                : List.of();
    }

    private List<String> eventfd(String object) {
        String owner = handles.ownerOf(object);
        Long id = owner == null ? null : number(owner.substring(owner.indexOf(':') + 1));
        if (owner == null || id == null) {
            return List.of();
        }
        if (owner.startsWith("group:")) {
            return group("evt", id, " src=group");
        }
        Psm1Handles.Handle queue = handles.xgsQueue(id);
        return queue == null
                ? List.of()
                : List.of("psm1 evt xq=" + queue.handle() + handles.fileKey(queue) + " src=xgs");
    }

    private List<String> xgsQueue(XgsQueue queue) {
        boolean creates = queue.step() == XgsQueueStep.CREATE;
        Boolean eventfd = queue.hasEventfd();
        String what =
                !creates
                        ? "destroy"
                        : eventfd == null ? "create" : "create ev=" + (eventfd ? 1 : 0);
        return List.of(
                "psm1 xq xq=" + queue.handle() + " op=" + what + handles.fileKey(queue.fileId()));
    }

    private List<String> xgsJob(XgsJob job) {
        Psm1Handles.Handle queue = handles.xgsQueue(job.xq());
        return queue == null
                ? List.of()
                : List.of(
                        "psm1 xgs xq="
                                + queue.handle()
                                + " id="
                                + job.job()
                                + " n="
                                + job.ops()
                                + handles.fileKey(queue));
    }

    /// Quotes cannot stand in a quoted value.
    private static List<String> note(EventHeader header, String text) {
        if (header.pid() < 0 || text.isEmpty()) {
            return List.of();
        }
        String clean = text.replace('"', '\'').replace('\n', ' ');
        return List.of(
                "psm1 note t=\"" + clean.substring(0, Math.min(MAX_TEXT, clean.length())) + "\"");
    }

    private List<String> queue(String verb, long gid, int queue, String rest) {
        return group(verb, gid, " q=" + queue + rest);
    }

    private List<String> group(String verb, @Nullable Long gid, String rest) {
        Psm1Handles.Handle group = gid == null ? null : handles.group(gid);
        return group == null
                ? List.of()
                : List.of("psm1 " + verb + " g=" + group.handle() + rest + handles.fileKey(group));
    }

    private static String optional(String key, @Nullable Object value) {
        return value == null ? "" : " " + key + "=" + value;
    }

    private static boolean isNumber(String text) {
        return number(text) != null;
    }

    private static @Nullable Long number(String text) {
        return text.matches("\\d{1,9}") ? Long.valueOf(text) : null;
    }
}
