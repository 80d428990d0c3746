package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;

import java.util.Set;

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
