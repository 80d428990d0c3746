package org.panscope.core.timeline;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.quality.Loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds out, while the events of a trace go by, between which of them each loss lies.
final class LossPlaces {
    /// More CPUs than any machine has; losses of others concern no row.
    private static final int MOST_CPUS = 4096;

    private final Build build;
    private final List<Loss> losses;
    private final Map<Integer, Long> lastNs = new TreeMap<>();
    private final Map<Integer, List<Begun>> begun = new TreeMap<>();
    private final List<LossBand> bands = new ArrayList<>();
    private final long fromNs;
    private long before;
    private int next;

    /// A loss whose first event afterwards has not come yet.
    private record Begun(Loss loss, long fromNs, int row) {}

    LossPlaces(Trace trace, Build build) {
        this.build = build;
        losses = trace.losses().stream().sorted(Comparator.comparingLong(Loss::beforeSeq)).toList();
        fromNs = trace.firstTimeNs();
        before = fromNs;
    }

    /// Must see every event as long as there are losses; the time of the build is the event's.
    void on(EventCursor event) {
        if (losses.isEmpty()) {
            return;
        }
        while (next < losses.size() && losses.get(next).beforeSeq() <= event.seq()) {
            begin(losses.get(next++));
        }
        int cpu = event.cpu();
        if (!begun.isEmpty()) {
            end(-1, build.timeNs());
            end(cpu, build.timeNs());
        }
        before = build.timeNs();
        if (cpu >= 0 && cpu < MOST_CPUS) {
            lastNs.put(cpu, before);
        }
    }

    private void begin(Loss loss) {
        Integer cpu = loss.cpu();
        if (loss.beforeSeq() < 0) {
            begun.computeIfAbsent(MOST_CPUS, any -> new ArrayList<>())
                    .add(new Begun(loss, fromNs, -1));
        } else if (cpu == null || cpu < 0 || cpu >= MOST_CPUS) {
            begun.computeIfAbsent(-1, any -> new ArrayList<>()).add(new Begun(loss, before, -1));
        } else {
            RowBuilder row = build.cpu(cpu);
            long from = lastNs.getOrDefault(cpu, fromNs);
            row.endState(from);
            begun.computeIfAbsent(cpu, any -> new ArrayList<>()).add(new Begun(loss, from, row.id));
        }
    }

    private void end(int cpu, long toNs) {
        List<Begun> over = begun.remove(cpu);
        if (over != null) {
            for (Begun each : over) {
                bands.add(new LossBand(each.fromNs(), toNs, each.loss(), each.row()));
            }
        }
    }

    /// All stretches, by their beginning. What no event came after lasts to the end of the trace.
    List<LossBand> finish(long toNs) {
        while (next < losses.size()) {
            begin(losses.get(next++));
        }
        for (Integer cpu : List.copyOf(begun.keySet())) {
            end(cpu, toNs);
        }
        bands.sort(Comparator.comparingLong(LossBand::fromNs));
        return bands;
    }

    /// Stretches as bars that do not overlap; each names the first event after its first loss.
    static StateBars bars(List<LossBand> bands, long eventCount, int label) {
        BarsBuilder bars = new BarsBuilder();
        long from = 0;
        long to = Long.MIN_VALUE;
        long seq = -1;
        for (LossBand band : bands) {
            if (band.fromNs() >= to) {
                if (to != Long.MIN_VALUE) {
                    bars.add(from, to, seq, label, Style.UNKNOWN);
                }
                from = band.fromNs();
                to = from;
                seq =
                        Math.clamp(
                                band.loss().beforeSeq(),
                                Math.min(0, eventCount - 1),
                                eventCount - 1);
            }
            to = Math.max(to, band.toNs());
        }
        if (to != Long.MIN_VALUE) {
            bars.add(from, to, seq, label, Style.UNKNOWN);
        }
        List<StateBars> lanes = bars.finish(to, new InstantsBuilder());
        return lanes.isEmpty() ? StateBars.NONE : lanes.getFirst();
    }
}
