package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.Unit;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A row while the trace is read. Rules open and close bars on it by a key of their own, switch its
/// state, add instants and counter steps.
final class RowBuilder {
    /// Key of the one state a row is in; no rule may use it for anything else.
    private static final long STATE = Long.MIN_VALUE;

    final int id;
    int parent;
    final String kind;
    final String name;
    private final boolean isTrack;
    private final Build build;
    private final BarsBuilder bars = new BarsBuilder();
    private final InstantsBuilder instants = new InstantsBuilder();
    private final Set<Long> standing = new LinkedHashSet<>();
    private int steps;
    private long[] stepTimes = {};
    private long[] stepValues = {};
    private long[] stepSeqs = {};
    private Unit unit = Unit.COUNT;

    RowBuilder(Build build, int id, int parent, String kind, String name, boolean isTrack) {
        this.build = build;
        this.id = id;
        this.parent = parent;
        this.kind = kind;
        this.name = name;
        this.isTrack = isTrack;
    }

    /// Begins a bar. A bar of the same key that is still open ends here and counts as unpaired.
    void open(long key, EventCursor event, String label, Style style) {
        if (bars.close(key, build.timeNs(), null)) {
            build.unpaired();
        }
        bars.open(key, build.timeNs(), event.seq(), build.label(label), style);
    }

    /// A bar whose end is told with its begin.
    void bar(EventCursor event, String label, Style style, long durationNs) {
        long end = build.timeNs() + durationNs;
        bars.add(
                build.timeNs(),
                Math.max(end, build.timeNs()),
                event.seq(),
                build.label(label),
                style);
        build.reach(end);
    }

    /// Ends a bar; without one that began, the event is counted as unpaired and drawn as a tick.
    ///
    /// @param style what the bar turned out to be, or null when nothing new is known
    void close(long key, EventCursor event, String label, @Nullable Style style) {
        if (!bars.close(key, build.timeNs(), style)) {
            build.unpaired();
            instant(event, label, style == null ? Style.UNKNOWN : style, Glyph.TICK);
        }
    }

    /// Ends a bar if it is open.
    void closeIfOpen(long key, @Nullable Style style) {
        bars.close(key, build.timeNs(), style);
    }

    /// Begins a bar of which somebody else counts whether it ends.
    void draw(long key, EventCursor event, int label, Style style) {
        bars.open(key, build.timeNs(), event.seq(), label, style);
        standing.add(key);
    }

    /// Ends such a bar.
    ///
    /// @param style what it turned out to be, or null when nothing new is known
    void drawn(long key, @Nullable Style style) {
        bars.close(key, build.timeNs(), style);
        standing.remove(key);
    }

    /// Such a bar has ended by now, and when was not seen: only its beginning is left.
    void cut(long key) {
        bars.cut(key);
        standing.remove(key);
    }

    /// A bar known as a whole. Bars of one row come in the order of their beginnings.
    void bar(long fromNs, long toNs, long seq, int label, Style style) {
        bars.add(fromNs, toNs, seq, label, style);
    }

    boolean isOpen(long key) {
        return bars.isOpen(key);
    }

    void restyle(long key, Style style) {
        bars.restyle(key, style);
    }

    /// From here on the row is in this state; nothing happens when it was already.
    void state(EventCursor event, String label, Style style) {
        state(STATE, event, build.label(label), style);
    }

    void state(EventCursor event, int label, Style style) {
        state(STATE, event, label, style);
    }

    /// As [#state(EventCursor, String, Style)] for rows that are in several states at once, one for
    /// each key. A state needs no end: one that lasts to the end of the trace is not unpaired.
    void state(long key, EventCursor event, int label, Style style) {
        if (key != STATE) {
            bars.keepLanes();
        }
        if (!bars.shows(key, label, style)) {
            bars.close(key, build.timeNs(), null);
            bars.open(key, build.timeNs(), event.seq(), label, style);
            standing.add(key);
        }
    }

    /// From here on the row is in no state.
    void noState() {
        noState(STATE);
    }

    void noState(long key) {
        bars.close(key, build.timeNs(), null);
        standing.remove(key);
    }

    /// From that time on, before now, it is not known in which state the row is.
    void endState(long timeNs) {
        bars.close(STATE, timeNs, null);
        standing.remove(STATE);
    }

    boolean hasState() {
        return bars.isOpen(STATE);
    }

    void instant(EventCursor event, String label, Style style, Glyph glyph) {
        instant(event, build.label(label), style, glyph);
    }

    void instant(EventCursor event, int label, Style style, Glyph glyph) {
        instants.add(build.timeNs(), event.seq(), label, style, glyph);
    }

    /// The row's counter has this value from here on.
    void step(EventCursor event, long value, Unit counted) {
        unit = counted;
        if (steps > 0 && stepValues[steps - 1] == value) {
            return;
        }
        int at = steps++;
        stepTimes = Grow.forIndex(stepTimes, at);
        stepValues = Grow.forIndex(stepValues, at);
        stepSeqs = Grow.forIndex(stepSeqs, at);
        stepTimes[at] = build.timeNs();
        stepValues[at] = value;
        stepSeqs[at] = event.seq();
    }

    /// Bars with an end still to come, without the states of the row, which need none.
    int openPairs() {
        return bars.openCount() - standing.size();
    }

    /// @param losses where events of this row are missing
    TimelineRow finish(Section section, long endNs, StateBars losses) {
        int before = instants.size();
        List<StateBars> lanes = bars.finish(endNs, instants);
        int overflow = instants.size() - before;
        Counter counter =
                steps == 0
                        ? null
                        : new Counter(
                                Arrays.copyOf(stepTimes, steps),
                                Arrays.copyOf(stepValues, steps),
                                Arrays.copyOf(stepSeqs, steps));
        return new TimelineRow(
                id,
                parent,
                kind,
                name,
                section,
                isTrack,
                lanes,
                instants.finish(),
                counter,
                unit,
                overflow,
                losses);
    }
}
