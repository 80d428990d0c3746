package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;

import java.util.Map;
import java.util.TreeMap;

/// How the applications of an emulated run call what its trace knows by identities that are never
/// reused. Learnt from the whole trace, so that an answer depends on nothing but the question.
final class Psm1Handles {
    private final Map<Long, Handle> groups = new TreeMap<>();
    private final Map<Long, Handle> xgsQueues = new TreeMap<>();
    private final Map<String, String> eventfdOwners = new TreeMap<>();
    private final Map<Integer, String> processOfFile = new TreeMap<>();
    private final Map<String, Integer> filesOfProcess = new TreeMap<>();
    private final Map<String, Integer> pids = new TreeMap<>();
    private final Map<String, TreeMap<Long, Long>> inserts = new TreeMap<>();
    private final Map<Long, TreeMap<Long, Integer>> queues = new TreeMap<>();

    /// A handle of a file.
    record Handle(int file, int handle) {}

    Psm1Handles(Trace trace) {
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            TraceEvent event = cursor.type().isDynamic() ? null : cursor.event().record();
            if (event != null) {
                learn(cursor, event);
            }
        }
    }

    private void learn(EventCursor cursor, TraceEvent event) {
        String comm = cursor.comm();
        if (comm != null && cursor.pid() >= 0) {
            pids.merge(comm, cursor.pid(), Math::min);
        }
        switch (event) {
            case KernelEvent.FileOpen open -> {
                processOfFile.put(open.fileId(), open.process());
                filesOfProcess.merge(open.process(), 1, Integer::sum);
            }
            case KernelEvent.GroupCreateStep step -> {
                if (step.handle() != null) {
                    groups.put(step.gid(), new Handle(step.fileId(), step.handle()));
                }
            }
            case XgsEvent.XgsQueue queue ->
                    xgsQueues.put(queue.xq(), new Handle(queue.fileId(), queue.handle()));
            case KernelEvent.Eventfd eventfd ->
                    eventfdOwners.put("eventfd:" + eventfd.eventfd(), eventfd.owner());
            case UserEvent.InsertWrite insert -> {
                inserts.computeIfAbsent(key(insert.gid(), insert.queue()), key -> new TreeMap<>())
                        .put(cursor.seq(), insert.newInsert());
                queues.computeIfAbsent(insert.gid(), gid -> new TreeMap<>())
                        .put(cursor.seq(), insert.queue());
            }
            default -> {} // names nothing
        }
    }

    @Nullable Handle group(long gid) {
        return groups.get(gid);
    }

    @Nullable Handle xgsQueue(long identity) {
        return xgsQueues.get(identity);
    }

    /// Object an eventfd belongs to, `group:1` or `xgs-queue:1`, by `eventfd:7`.
    @Nullable String ownerOf(String eventfd) {
        return eventfdOwners.get(eventfd);
    }

    /// INSERT as the application stored it last before an event.
    long insertBefore(long seq, long gid, int queue) {
        TreeMap<Long, Long> stores = inserts.get(key(gid, queue));
        Map.Entry<Long, Long> last = stores == null ? null : stores.lowerEntry(seq);
        return last == null ? 0 : last.getValue();
    }

    /// The queue of a group whose INSERT was stored last before an event, or null.
    @Nullable Integer queueBefore(long seq, long gid) {
        TreeMap<Long, Integer> stores = queues.get(gid);
        Map.Entry<Long, Integer> last = stores == null ? null : stores.lowerEntry(seq);
        return last == null ? null : last.getValue();
    }

    /// The process of a thread: threads carry the name of their process, the first one its pid.
    int process(EventHeader header) {
        String comm = header.comm();
        return comm == null ? header.pid() : pids.getOrDefault(comm, header.pid());
    }

    /// ` f=2` for a file of a process that has several, else nothing.
    String fileKey(int file) {
        String process = processOfFile.get(file);
        return process != null && filesOfProcess.getOrDefault(process, 0) > 1 ? " f=" + file : "";
    }

    String fileKey(Handle handle) {
        return fileKey(handle.file());
    }

    private static String key(long gid, int queue) {
        return gid + "." + queue;
    }
}
