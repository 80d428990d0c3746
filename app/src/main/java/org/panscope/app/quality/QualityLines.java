package org.panscope.app.quality;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.quality.QualityLine.Kind;
import org.panscope.app.theme.Formats;
import org.panscope.core.capture.pairing.PairingReport;
import org.panscope.core.capture.quality.Absence;
import org.panscope.core.capture.quality.CaptureQuality;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.quality.Loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What there is to say about the quality of a trace, line by line.
final class QualityLines {
    /// More losses than these are counted, not listed.
    private static final int MOST_LOSSES = 2000;

    private final Trace trace;
    private final List<QualityLine> lines = new ArrayList<>();

    private QualityLines(Trace trace) {
        this.trace = trace;
    }

    /// The lines of a document.
    ///
    /// @param quality what reading the trace found, or null as long as it is being read
    static List<QualityLine> of(TraceDocument document, @Nullable CaptureQuality quality) {
        QualityLines made = new QualityLines(document.trace());
        made.source(document, quality);
        made.losses(document);
        if (quality != null) {
            made.time(quality);
            if (!document.trace().header().isEmulated()) {
                made.pairs(quality.pairing());
                made.absences(quality.notRecorded());
            }
        }
        made.types();
        return List.copyOf(made.lines);
    }

    private void source(TraceDocument document, @Nullable CaptureQuality quality) {
        TraceHeader header = trace.header();
        lines.add(QualityLine.heading("Source", header.source()));
        lines.add(QualityLine.fact("format", document.format()));
        lines.add(QualityLine.fact("clock", clock(header)));
        String kernel = header.attributes().get("uname");
        if (kernel != null) {
            lines.add(QualityLine.fact("kernel", kernel));
        }
        lines.add(
                QualityLine.fact(
                        "span",
                        Formats.duration(trace.lastTimeNs() - trace.firstTimeNs())
                                + ", "
                                + Formats.grouped(trace.eventCount())
                                + " events"));
        if (quality != null && !header.isEmulated()) {
            cpus(quality, header.attributes().get("cpus"));
        }
    }

    private static String clock(TraceHeader header) {
        return header.isEmulated()
                ? header.clock()
                : header.clock()
                        + ", the trace starts at "
                        + Formats.grouped(header.originNs())
                        + " ns";
    }

    /// Each CPU has a ring of its own, so each may begin and end at another time.
    private void cpus(CaptureQuality quality, @Nullable String announced) {
        long withEvents = quality.cpus().stream().filter(cpu -> cpu.cpu() >= 0).count();
        String of = announced == null ? "" : " of " + announced;
        lines.add(QualityLine.fact("CPUs", withEvents + of + " with events"));
        for (CaptureQuality.CpuEvents cpu : quality.cpus()) {
            lines.add(
                    new QualityLine(
                            Kind.FACT,
                            cpu.cpu() < 0 ? "CPU not recorded" : "CPU " + cpu.cpu(),
                            Formats.grouped(cpu.events())
                                    + " events, "
                                    + Formats.time(cpu.fromNs())
                                    + " – "
                                    + Formats.time(cpu.toNs()),
                            "first #" + cpu.firstSeq(),
                            cpu.firstSeq()));
        }
    }

    private void losses(TraceDocument document) {
        List<Loss> losses = trace.losses();
        lines.add(QualityLine.heading("Lost", lossSummary(losses)));
        for (Loss loss : losses.subList(0, Math.min(MOST_LOSSES, losses.size()))) {
            lines.add(loss(loss));
        }
        if (losses.size() > MOST_LOSSES) {
            lines.add(
                    new QualityLine(
                            Kind.PROBLEM,
                            "more",
                            Formats.grouped(losses.size() - MOST_LOSSES)
                                    + " more losses; panscope info --json lists all",
                            "",
                            null));
        }
        for (String problem : document.problems()) {
            lines.add(new QualityLine(Kind.PROBLEM, "problem", problem, "", null));
        }
    }

    private String lossSummary(List<Loss> losses) {
        if (losses.isEmpty()) {
            return trace.header().isEmulated()
                    ? "nothing: an emulated run records all it does"
                    : "nothing, says the source";
        }
        long counted = 0;
        boolean isMore = false;
        for (Loss loss : losses) {
            Long count = loss.count();
            counted += count == null ? 0 : count;
            isMore |= count == null;
        }
        return (isMore ? "at least " : "")
                + events(counted)
                + " in "
                + losses.size()
                + (losses.size() == 1 ? " place" : " places");
    }

    private QualityLine loss(Loss loss) {
        long last = trace.eventCount() - 1;
        long seq = Math.min(Math.max(0, loss.beforeSeq()), last);
        String cpu = loss.cpu() == null ? "" : "CPU " + loss.cpu() + ", ";
        String count = loss.count() == null ? "" : events(loss.count()) + ": ";
        boolean isAfterAll = loss.beforeSeq() > last;
        return new QualityLine(
                Kind.PROBLEM,
                loss.reason().replace('-', ' '),
                count + loss.message(),
                last < 0 ? "" : cpu + (isAfterAll ? "after #" + last : "before #" + seq),
                last < 0 ? null : (Long) seq);
    }

    private void time(CaptureQuality quality) {
        CaptureQuality.Backwards backwards = quality.backwards();
        Long first = backwards.firstSeq();
        if (first == null) {
            lines.add(QualityLine.heading("Time", "never goes backwards"));
            return;
        }
        lines.add(QualityLine.heading("Time", "goes backwards"));
        lines.add(
                new QualityLine(
                        Kind.PROBLEM,
                        "steps back",
                        events(backwards.count())
                                + ", by up to "
                                + Formats.duration(backwards.largestNs()),
                        "first #" + first,
                        first));
    }

    private void pairs(PairingReport pairing) {
        lines.add(
                QualityLine.heading(
                        "Pairs of events",
                        pairing.kinds().isEmpty()
                                ? "none in this capture"
                                : pairing.unpaired() == 0
                                        ? "each found its partner"
                                        : events(pairing.unpaired()) + " alone"));
        for (PairingReport.Count count : pairing.kinds()) {
            Long first = count.firstUnpaired();
            lines.add(
                    new QualityLine(
                            count.unpaired() == 0 ? Kind.FACT : Kind.PROBLEM,
                            count.kind().title(),
                            Formats.grouped(count.paired()) + " whole; " + Unpaired.text(count),
                            first == null ? "" : "first #" + first,
                            first));
        }
    }

    private void absences(List<Absence> absences) {
        for (Absence.Reach reach : Absence.Reach.values()) {
            List<Absence> own =
                    absences.stream().filter(absence -> absence.reach() == reach).toList();
            if (!own.isEmpty()) {
                lines.add(QualityLine.heading("Not recorded", reach.title()));
                for (Absence absence : own) {
                    lines.add(
                            new QualityLine(
                                    Kind.ABSENT, absence.what(), absence.remedy(), "", null));
                }
            }
        }
    }

    private void types() {
        SortedMap<String, Long> counts = new TreeMap<>();
        long[] perType = trace.typeCounts();
        for (int i = 0; i < perType.length; i++) {
            if (perType[i] > 0) {
                counts.merge(trace.types().get(i).name(), perType[i], Long::sum);
            }
        }
        lines.add(QualityLine.heading("Recorded", counts.size() + " types of events"));
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            lines.add(QualityLine.fact(entry.getKey(), events(entry.getValue())));
        }
    }

    private static String events(long count) {
        return Formats.grouped(count) + (count == 1 ? " event" : " events");
    }
}
