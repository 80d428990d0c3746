package org.panscope.core.timeline;

import org.panscope.core.capture.pairing.PairingReport;
import org.panscope.trace.io.TraceHeader;

import java.util.List;

/// Everything a timeline view draws of one trace. Immutable; safe for use by several threads.
public final class Timeline {
    private final TraceHeader header;
    private final long fromNs;
    private final long toNs;
    private final long eventCount;
    private final List<TimelineRow> rows;
    private final List<TimelineRow> roots;
    private final List<LossBand> losses;
    private final StateBars lossBars;
    private final StateBars generalLossBars;
    private final Labels labels;
    private final PairingReport pairing;
    private final long unpaired;

    Timeline(
            TraceHeader header,
            long fromNs,
            long toNs,
            long eventCount,
            List<TimelineRow> rows,
            List<TimelineRow> roots,
            List<LossBand> losses,
            Labels labels,
            PairingReport pairing,
            long unpaired) {
        this.header = header;
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.eventCount = eventCount;
        this.rows = List.copyOf(rows);
        this.roots = List.copyOf(roots);
        this.losses = List.copyOf(losses);
        lossBars = LossPlaces.bars(losses, eventCount, 0);
        generalLossBars =
                LossPlaces.bars(
                        losses.stream().filter(band -> band.row() < 0).toList(), eventCount, 0);
        this.labels = labels;
        this.pairing = pairing;
        this.unpaired = unpaired;
    }

    public TraceHeader header() {
        return header;
    }

    /// Time of the first event, in ns.
    public long fromNs() {
        return fromNs;
    }

    /// Time after the last event, in ns; always after [#fromNs()].
    public long toNs() {
        return toNs;
    }

    public long eventCount() {
        return eventCount;
    }

    /// Every row by id. The first ones are the tracks of the trace, with the track's id; rows
    /// without content are here too.
    public List<TimelineRow> rows() {
        return rows;
    }

    /// Root rows in the order they are shown, without those that hold nothing.
    public List<TimelineRow> roots() {
        return roots;
    }

    /// What is missing and where, by the beginning of the stretch.
    public List<LossBand> losses() {
        return losses;
    }

    /// The stretches of all losses, joined where they overlap. Their labels say nothing.
    public StateBars lossBars() {
        return lossBars;
    }

    /// As [#lossBars], of the losses that concern no CPU in particular.
    public StateBars generalLossBars() {
        return generalLossBars;
    }

    /// Text of a bar or an instant. Some are made for this call: ask for what is drawn only.
    public String label(int index) {
        return labels.text(index);
    }

    /// What the events of a capture found that they belong to; empty for emulated runs.
    public PairingReport pairing() {
        return pairing;
    }

    /// Ends without a beginning and beginnings without an end.
    public long unpaired() {
        return unpaired;
    }

    /// Names from the root to a row, joined by ` / `.
    public String path(TimelineRow row) {
        return row.parent() < 0 ? row.name() : path(rows.get(row.parent())) + " / " + row.name();
    }
}
