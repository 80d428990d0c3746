package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.pairing.PairingReport;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// Makes a [Timeline] of a trace in one forward pass. Memory follows the bars, instants and steps
/// drawn: 29 to 37 bytes each, nothing per event on the heap beside that. Texts that hold a number
/// or an instruction are made when they are read; each distinct number costs another 20 bytes or
/// so.
public final class TimelineBuilder {
    private static final long PROGRESS_EVERY = 65_536;

    private TimelineBuilder() {}

    public static Timeline build(Trace trace) {
        return build(trace, done -> {});
    }

    /// Reads the whole trace.
    ///
    /// @param progress told now and then how many events have been read
    public static Timeline build(Trace trace, LongConsumer progress) {
        Build build = new Build(trace);
        build.objects().learnFrom(trace);
        CapturePairRules pairs =
                trace.header().isEmulated() ? null : new CapturePairRules(build, trace);
        Handler[] handlers = handlers(trace, build, pairs);
        LossPlaces losses = new LossPlaces(trace, build);
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            build.advance(event.timeNs());
            losses.on(event);
            handlers[event.typeIndex()].on(event);
            if (event.seq() % PROGRESS_EVERY == 0) {
                progress.accept(event.seq());
            }
        }
        progress.accept(trace.eventCount());
        return finish(trace, build, pairs, losses);
    }

    private static Handler[] handlers(Trace trace, Build build, @Nullable CapturePairRules pairs) {
        Rules rules = Rules.all(build, pairs);
        List<EventTypeInfo> types = trace.types();
        Handler[] handlers = new Handler[types.size()];
        SliceRules slices = new SliceRules(build);
        for (int i = 0; i < handlers.length; i++) {
            EventTypeInfo type = types.get(i);
            Handler handler = SliceRules.knows(type) ? slices.handler(type) : rules.bind(type);
            handlers[i] = handler != null ? handler : fallback(type, build);
        }
        return handlers;
    }

    /// An event no rule knows is an instant on its own row: nothing in a trace is left out.
    private static Handler fallback(EventTypeInfo type, Build build) {
        String label = type.name();
        Style style =
                switch (type.layer()) {
                    case FIRMWARE, HARDWARE, KERNEL -> Style.ACTIVITY;
                    case SYNC, FENCE -> Style.FENCE;
                    case MARK -> Style.ATTENTION;
                    case USER, MEMORY, HOST -> Style.IDLE;
                };
        return event -> build.rowOf(event).instant(event, label, style, Glyph.TICK);
    }

    private static Timeline finish(
            Trace trace, Build build, @Nullable CapturePairRules pairs, LossPlaces losses) {
        long fromNs = trace.firstTimeNs();
        long toNs = Math.max(build.endNs(), fromNs) + 1;
        PairingReport pairing = pairs == null ? new PairingReport(List.of()) : pairs.finish();
        long unpaired = build.unpairedCount() + pairing.unpaired();
        List<LossBand> bands = losses.finish(toNs);
        Map<Integer, List<LossBand>> bandsOfRow = new TreeMap<>();
        for (LossBand band : bands) {
            bandsOfRow.computeIfAbsent(band.row(), row -> new ArrayList<>()).add(band);
        }
        if (pairs != null) {
            AbsenceRows.add(trace, build, build.verbs(), toNs);
        }
        build.labels().finish();
        List<TimelineRow> rows = new ArrayList<>();
        for (RowBuilder row : build.rows()) {
            unpaired += row.openPairs();
            List<LossBand> own = bandsOfRow.getOrDefault(row.id, List.of());
            StateBars lost = LossPlaces.bars(own, trace.eventCount(), 0);
            rows.add(row.finish(section(build, row), toNs, lost));
        }
        return new Timeline(
                trace.header(),
                fromNs,
                toNs,
                trace.eventCount(),
                rows,
                link(rows),
                bands,
                build.labels(),
                pairing,
                unpaired);
    }

    private static Section section(Build build, RowBuilder row) {
        RowBuilder root = row;
        while (root.parent >= 0) {
            root = build.row(root.parent);
        }
        return Section.ofRootKind(root.kind);
    }

    /// Hangs every row that holds something below its parent; gives back the roots in order.
    private static List<TimelineRow> link(List<TimelineRow> rows) {
        boolean[] holds = new boolean[rows.size()];
        for (TimelineRow row : rows) {
            TimelineRow at = row.isEmpty() ? null : row;
            while (at != null && !holds[at.id()]) {
                holds[at.id()] = true;
                at = parentOf(rows, at);
            }
        }
        List<TimelineRow> roots = new ArrayList<>();
        for (TimelineRow row : rows) {
            if (holds[row.id()]) {
                TimelineRow parent = parentOf(rows, row);
                if (parent == null) {
                    roots.add(row);
                } else {
                    parent.addChild(row);
                }
            }
        }
        roots.sort(Comparator.comparing(TimelineRow::section));
        return roots;
    }

    private static @Nullable TimelineRow parentOf(List<TimelineRow> rows, TimelineRow row) {
        return row.parent() < 0 ? null : rows.get(row.parent());
    }
}
