package org.panscope.app.cli;

import org.panscope.app.quality.Unpaired;
import org.panscope.app.theme.Formats;
import org.panscope.core.capture.pairing.PairingReport;
import org.panscope.core.capture.quality.Absence;
import org.panscope.core.capture.quality.CaptureQuality;

import tools.jackson.core.JsonGenerator;

import java.io.PrintWriter;
import java.util.List;

/// The part of `panscope info` that tells how far a trace can be trusted.
final class InfoQuality {
    private InfoQuality() {}

    static void writeJson(JsonGenerator json, CaptureQuality quality) {
        json.writeObjectPropertyStart("backwards");
        json.writeNumberProperty("count", quality.backwards().count());
        Long first = quality.backwards().firstSeq();
        if (first != null) {
            json.writeNumberProperty("first_seq", first);
            json.writeNumberProperty("largest_ns", quality.backwards().largestNs());
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("cpus");
        for (CaptureQuality.CpuEvents cpu : quality.cpus()) {
            json.writeStartObject();
            if (cpu.cpu() < 0) {
                json.writeNullProperty("cpu");
            } else {
                json.writeNumberProperty("cpu", cpu.cpu());
            }
            json.writeNumberProperty("events", cpu.events());
            json.writeNumberProperty("from", cpu.fromNs());
            json.writeNumberProperty("to", cpu.toNs());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("unpaired", quality.pairing().unpaired());
        json.writeArrayPropertyStart("pairs");
        quality.pairing().kinds().forEach(count -> writePairs(json, count));
        json.writeEndArray();
        json.writeArrayPropertyStart("not_recorded");
        for (Absence absence : quality.notRecorded()) {
            json.writeStartObject();
            json.writeStringProperty("what", absence.what());
            json.writeStringProperty("why", absence.reach().title());
            json.writeStringProperty("remedy", absence.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePairs(JsonGenerator json, PairingReport.Count count) {
        json.writeStartObject();
        json.writeStringProperty("kind", count.kind().label());
        json.writeNumberProperty("paired", count.paired());
        json.writeNumberProperty("unpaired", count.unpaired());
        json.writeNumberProperty("open_at_end", count.openAtEnd());
        json.writeNumberProperty("without_end", count.withoutEnd());
        json.writeNumberProperty("without_begin", count.withoutBegin());
        json.writeNumberProperty("unknown", count.unknown());
        Long first = count.firstUnpaired();
        if (first != null) {
            json.writeNumberProperty("first_unpaired_seq", first);
        }
        json.writeBooleanProperty("begins_recorded", count.beginsRecorded());
        json.writeBooleanProperty("ends_recorded", count.endsRecorded());
        json.writeEndObject();
    }

    static void writeText(PrintWriter out, CaptureQuality quality, boolean isRun) {
        CaptureQuality.Backwards backwards = quality.backwards();
        if (backwards.count() > 0) {
            out.println(
                    "backwards "
                            + backwards.count()
                            + (backwards.count() == 1 ? " event, #" : " events, the first #")
                            + backwards.firstSeq()
                            + ", by up to "
                            + Formats.duration(backwards.largestNs()));
        }
        if (isRun) {
            return;
        }
        writeCpus(out, quality.cpus());
        writePairs(out, quality.pairing());
        for (Absence.Reach reach : Absence.Reach.values()) {
            List<Absence> absences =
                    quality.notRecorded().stream()
                            .filter(absence -> absence.reach() == reach)
                            .toList();
            if (!absences.isEmpty()) {
                out.println("not shown, " + reach.title());
                absences.forEach(
                        absence -> out.println("  " + absence.what() + ": " + absence.remedy()));
            }
        }
    }

    private static void writeCpus(PrintWriter out, List<CaptureQuality.CpuEvents> cpus) {
        for (CaptureQuality.CpuEvents cpu : cpus) {
            out.println(
                    String.format(
                            "%-9s %8d events, from %s to %s",
                            cpu.cpu() < 0 ? "cpu ?" : "cpu " + cpu.cpu(),
                            cpu.events(),
                            Formats.time(cpu.fromNs()),
                            Formats.time(cpu.toNs())));
        }
    }

    private static void writePairs(PrintWriter out, PairingReport pairing) {
        if (pairing.kinds().isEmpty()) {
            return;
        }
        out.println("pairs     " + pairing.unpaired() + " events unpaired");
        for (PairingReport.Count count : pairing.kinds()) {
            String first =
                    count.firstUnpaired() == null ? "" : ", the first #" + count.firstUnpaired();
            out.println(
                    String.format(
                                    "  %8d  %s, %s",
                                    count.paired(), count.kind().title(), Unpaired.text(count))
                            + first);
        }
    }
}
