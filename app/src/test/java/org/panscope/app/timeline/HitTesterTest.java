package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.app.shell.LossyCapture;
import org.panscope.core.capture.CaptureTracks;
import org.panscope.core.timeline.LossBand;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

class HitTesterTest {
    private final Timeline timeline = TimelineBuilder.build(DemoTrace.twoProcesses());
    private final TimelineLayout layout =
            TimelineLayout.of(
                    timeline,
                    new Viewport(0, 4_000_000, 1000, 900, 0)
                            .fit(timeline.fromNs(), timeline.toNs()),
                    Set.of(),
                    Set.of());
    private final HitTester tester = new HitTester(layout);

    @Test
    void middleOfEveryWideBarHitsThatBar() {
        int checked = 0;
        for (RowBox box : layout.boxes()) {
            for (int lane = 0; lane < box.row().lanes().size(); lane++) {
                StateBars bars = box.row().lanes().get(lane);
                for (int i = 0; i < bars.size(); i++) {
                    double from = layout.viewport().xOf(bars.startNs(i));
                    double to = layout.viewport().xOf(bars.endNs(i));
                    if (to - from > 12) {
                        double y =
                                layout.screenY(box)
                                        + box.laneTop(lane)
                                        - box.y()
                                        + box.laneHeight() / 2;
                        Hit hit = tester.at(TimelineLayout.HEADER + (from + to) / 2, y);
                        assertEquals(Hit.Kind.BAR, hit.kind());
                        assertEquals(box.row().id(), hit.row());
                        assertEquals(bars.seq(i), hit.seq());
                        checked++;
                    }
                }
            }
        }
        assertTrue(checked > 50, "checked=" + checked);
    }

    @Test
    void triangleNameAndRulerAreTold() {
        RowBox first = layout.boxes().getFirst();
        double y = layout.screenY(first) + first.height() / 2;
        assertEquals(Hit.Kind.TRIANGLE, tester.at(HeaderPainter.triangleLeft(first) + 4, y).kind());
        assertEquals(Hit.Kind.HEADER, tester.at(120, y).kind());
        assertEquals(Hit.Kind.RULER, tester.at(500, 5).kind());
        assertEquals(Hit.Kind.NOTHING, tester.at(500, 5000).kind());
    }

    @Test
    void lossesAreToldOnTheRulerAndOnTheRowOfTheirCpu() throws IOException {
        Timeline lossy = TimelineBuilder.build(lossyCapture());
        TimelineLayout shown =
                TimelineLayout.of(
                        lossy,
                        new Viewport(0, 1, 1000, 5000, 0).fit(lossy.fromNs(), lossy.toNs()),
                        Set.of(),
                        Set.of());
        HitTester losses = new HitTester(shown);
        LossBand band = lossy.losses().getFirst();
        double x = TimelineLayout.HEADER + shown.viewport().xOf((band.fromNs() + band.toNs()) / 2);
        Hit onRuler = losses.at(x, 20);
        assertEquals(Hit.Kind.LOSS, onRuler.kind());
        assertEquals(band.loss().beforeSeq(), onRuler.seq());
        assertTrue(onRuler.text().contains("120 EVENTS DROPPED"), onRuler.text());

        RowBox cpu =
                shown.boxes().stream()
                        .filter(box -> box.row().name().equals("cpu 1"))
                        .findFirst()
                        .orElseThrow();
        Hit onRow = losses.at(x, shown.screenY(cpu) + cpu.height() - 4);
        assertEquals(Hit.Kind.LOSS, onRow.kind());
        assertEquals(cpu.row().id(), onRow.row());
        assertEquals(onRuler.text(), onRow.text());
    }

    private static Trace lossyCapture() throws IOException {
        AtomicReference<MemoryTrace> made = new AtomicReference<>();
        try (InputStream in = Files.newInputStream(LossyCapture.in(folder()))) {
            FtraceTextImporter.importText(
                    in,
                    "lossy.txt",
                    header -> {
                        MemoryTrace trace = new MemoryTrace(header);
                        made.set(trace);
                        return trace;
                    },
                    new CaptureTracks(),
                    Progress.NONE);
        }
        return Objects.requireNonNull(made.get());
    }

    private static Path folder() throws IOException {
        return Files.createDirectories(Path.of("target", "lossy"));
    }

    @Test
    void legendAndPictureShowLosses() throws IOException {
        Timeline lossy = TimelineBuilder.build(lossyCapture());
        String whole = Screenshot.svg(lossy, Screenshot.Options.DEFAULT);
        assertTrue(whole.contains("events lost"));
        String before =
                Screenshot.svg(lossy, Screenshot.Options.DEFAULT.withRange(0L, 100_000_000L));
        assertFalse(before.contains("events lost"));
    }

    @Test
    void instantIsHitFromAFewPixelsAway() {
        for (RowBox box : layout.boxes()) {
            if (box.row().instants().size() > 0) {
                long time = box.row().instants().timeNs(0);
                double x = TimelineLayout.HEADER + layout.viewport().xOf(time) + 2;
                double y = layout.screenY(box) + RowBox.PADDING + box.stripHeight() / 2;
                assertEquals(Hit.Kind.INSTANT, tester.at(x, y).kind(), box.row().name());
            }
        }
    }

    @Test
    void emptyLaneLeadsToTheNearestEventOfItsRow() {
        RowBox slot =
                layout.boxes().stream()
                        .filter(box -> box.row().name().equals("slot 0"))
                        .findFirst()
                        .orElseThrow();
        double y = layout.screenY(slot) + slot.height() - 5;
        Hit hit = tester.at(TimelineLayout.HEADER + 1, y);
        assertEquals(Hit.Kind.LANE, hit.kind());
        assertEquals(slot.row().lanes().getFirst().seq(0), hit.seq());
    }

    @Test
    void steppingAlongARowVisitsItsEventsInOrderAndBack() {
        RowBox slot =
                layout.boxes().stream()
                        .filter(box -> box.row().name().equals("slot 0"))
                        .findFirst()
                        .orElseThrow();
        StateBars bars = slot.row().lanes().getFirst();
        long seq = RowSteps.neighbour(slot.row(), -1, 1);
        assertEquals(bars.seq(0), seq);
        assertEquals(bars.seq(0), RowSteps.neighbour(slot.row(), bars.startNs(0) + 1, -1));
        assertEquals(-1, RowSteps.neighbour(slot.row(), bars.startNs(0), -1));
    }
}
