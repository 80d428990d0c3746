package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Disassembler;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.view.TraceArchitecture;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TrackInfo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the rules share while one trace is read: rows, labels, the time, and which row stands for
/// which group and queue.
final class Build {
    static final int ROOT = TrackInfo.ROOT;

    private final List<RowBuilder> rows = new ArrayList<>();
    private final Map<RowKey, RowBuilder> byKey = new LinkedHashMap<>();
    private final Map<String, RowBuilder> threads = new LinkedHashMap<>();
    private final Labels labels;
    private final Set<String> verbs = new TreeSet<>();
    private final Objects objects = new Objects(this);
    private final Streams streams;
    private final long fromNs;
    private long timeNs;
    private long endsNs = Long.MIN_VALUE;
    private long unpaired;

    private record RowKey(int parent, String kind, String name) {}

    Build(Trace trace) {
        Isa isa = TraceArchitecture.of(trace.header()).isa();
        labels = new Labels(new Disassembler(isa));
        streams = new Streams(this, isa);
        fromNs = trace.firstTimeNs();
        timeNs = fromNs;
        for (TrackInfo track : trace.tracks()) {
            add(track.parent(), track.kind(), track.name(), true);
        }
        for (TrackInfo track : trace.tracks()) {
            Section section = Section.ofRootKind(track.kind());
            if (track.parent() < 0 && section.wraps(track.kind(), track.name())) {
                adopt(container(section), rows.get(track.id()));
            }
        }
    }

    /// Time of the event being read; never before that of an earlier event.
    long timeNs() {
        return timeNs;
    }

    /// Time of the first event.
    long fromNs() {
        return fromNs;
    }

    void advance(long eventTimeNs) {
        timeNs = Math.max(timeNs, eventTimeNs);
    }

    /// Something that began is over at this time.
    void reach(long endNs) {
        endsNs = Math.max(endsNs, endNs);
    }

    /// When everything that is known to end is over.
    long endNs() {
        return Math.max(timeNs, endsNs);
    }

    int label(String text) {
        return labels.of(text);
    }

    /// @param template with [Labels#DECIMAL], [Labels#HEX] or [Labels#INSTRUCTION]
    int label(String template, long number) {
        return labels.of(template, number);
    }

    void unpaired() {
        unpaired++;
    }

    long unpairedCount() {
        return unpaired;
    }

    /// Verbs of the markers seen so far.
    Set<String> verbs() {
        return verbs;
    }

    Objects objects() {
        return objects;
    }

    Streams streams() {
        return streams;
    }

    Labels labels() {
        return labels;
    }

    List<RowBuilder> rows() {
        return rows;
    }

    /// The row of the track an event stands on.
    RowBuilder rowOf(EventCursor event) {
        return rows.get(event.track());
    }

    RowBuilder row(int id) {
        return rows.get(id);
    }

    /// The row inside `parent` with this kind and name, made now if it is new.
    RowBuilder child(int parent, String kind, String name) {
        RowBuilder row = byKey.get(new RowKey(parent, kind, name));
        return row != null ? row : add(parent, kind, name, false);
    }

    /// The row with this kind and name, or null.
    @Nullable RowBuilder find(int parent, String kind, String name) {
        return byKey.get(new RowKey(parent, kind, name));
    }

    /// The row of a thread by the name it has in captures, wherever it hangs.
    RowBuilder thread(String name) {
        RowBuilder known = threads.get(name);
        return known != null ? known : child(child(ROOT, "threads", "threads").id, "thread", name);
    }

    /// The row of a CPU.
    RowBuilder cpu(int number) {
        return child(container(Section.CPUS).id, "cpu", "cpu " + number);
    }

    /// The row that holds what belongs to a section and has no better place.
    RowBuilder container(Section section) {
        return child(ROOT, section.containerKind(), section.title());
    }

    /// Hangs a root track below the row of its section.
    private void adopt(RowBuilder container, RowBuilder row) {
        row.parent = container.id;
        byKey.putIfAbsent(new RowKey(container.id, row.kind, row.name), row);
    }

    private RowBuilder add(int parent, String kind, String name, boolean isTrack) {
        RowBuilder row = new RowBuilder(this, rows.size(), parent, kind, name, isTrack);
        rows.add(row);
        if (kind.equals("thread")) {
            threads.putIfAbsent(name, row);
        }
        byKey.putIfAbsent(new RowKey(parent, kind, name), row);
        return row;
    }
}
