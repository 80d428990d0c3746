package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// One row: a track of the trace (then `id` is the track's), or a row derived from events.
public final class TimelineRow {
    /// CPUs come in the order of their numbers, not of their first events; an unknown one last.
    private static final Comparator<TimelineRow> BY_NUMBER =
            Comparator.comparingInt((TimelineRow row) -> row.name.length())
                    .thenComparing(row -> row.name);

    private final int id;
    private final int parent;
    private final String kind;
    private final String name;
    private final Section section;
    private final boolean isTrack;
    private final List<StateBars> lanes;
    private final Instants instants;
    private final @Nullable Counter counter;
    private final Unit counterUnit;
    private final int overflow;
    private final StateBars losses;
    private final List<TimelineRow> children = new ArrayList<>();

    TimelineRow(
            int id,
            int parent,
            String kind,
            String name,
            Section section,
            boolean isTrack,
            List<StateBars> lanes,
            Instants instants,
            @Nullable Counter counter,
            Unit counterUnit,
            int overflow,
            StateBars losses) {
        this.id = id;
        this.parent = parent;
        this.kind = kind;
        this.name = name;
        this.section = section;
        this.isTrack = isTrack;
        this.lanes = List.copyOf(lanes);
        this.instants = instants;
        this.counter = counter;
        this.counterUnit = counterUnit;
        this.overflow = overflow;
        this.losses = losses;
    }

    void addChild(TimelineRow child) {
        children.add(child);
        if (child.kind.equals("cpu")) {
            children.sort(BY_NUMBER);
        }
    }

    /// Position in [Timeline#rows()].
    public int id() {
        return id;
    }

    /// Id of the enclosing row, or -1.
    public int parent() {
        return parent;
    }

    /// Kind of the track, or of the derived row.
    public String kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public Section section() {
        return section;
    }

    /// Whether the trace itself defines this row.
    public boolean isTrack() {
        return isTrack;
    }

    /// Rows inside, in order of appearance, without those that hold nothing.
    public List<TimelineRow> children() {
        return Collections.unmodifiableList(children);
    }

    /// Bars, one entry per level of overlap; empty when the row has none.
    public List<StateBars> lanes() {
        return lanes;
    }

    public Instants instants() {
        return instants;
    }

    public @Nullable Counter counter() {
        return counter;
    }

    /// What the counter counts.
    public Unit counterUnit() {
        return counterUnit;
    }

    /// Number of bars that overlap more deeply than there are lanes; they are among the instants.
    public int overflow() {
        return overflow;
    }

    /// Stretches in which events of this row were lost; see [Timeline#losses()] for what was lost.
    public StateBars losses() {
        return losses;
    }

    /// Whether nothing is drawn on the row itself.
    public boolean isEmpty() {
        return lanes.isEmpty() && instants.size() == 0 && counter == null && losses.size() == 0;
    }

    @Override
    public String toString() {
        return id + " " + kind + " " + name;
    }
}
