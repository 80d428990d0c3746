package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.timeline.TraceScript.bars;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class LossPlacesTest {
    private static final String CPU_0 = "cpus:cpus > cpu:cpu 0";
    private static final String CPU_1 = "cpus:cpus > cpu:cpu 1";

    private static TraceScript switches() {
        return TraceScript.ofCapture()
                .captured(10, CPU_0, 0, "sched_switch", "next_comm", "a", "next_pid", 4L)
                .captured(20, CPU_1, 1, "sched_switch", "next_comm", "b", "next_pid", 5L)
                .captured(30, CPU_0, 0, "sched_switch", "next_comm", "c", "next_pid", 6L)
                .captured(40, CPU_0, 0, "sched_switch", "next_comm", "d", "next_pid", 7L)
                .captured(50, CPU_1, 1, "sched_switch", "next_comm", "e", "next_pid", 8L);
    }

    private static List<String> stretches(StateBars bars) {
        return IntStream.range(0, bars.size())
                .mapToObj(i -> bars.startNs(i) + "-" + bars.endNs(i) + " #" + bars.seq(i))
                .toList();
    }

    private static List<String> stretches(Timeline timeline, String row) {
        return stretches(TraceScript.row(timeline, row).losses());
    }

    @Test
    void lossOfACpuLiesBetweenItsOwnEventsOnItsOwnRow() {
        Timeline timeline = switches().lossOn(1, 4).build();
        assertEquals(List.of("20-50 #4"), stretches(timeline, "cpus / cpu 1"));
        assertEquals(List.of(), stretches(timeline, "cpus / cpu 0"));
        assertEquals(List.of("20-50 #4"), stretches(timeline.lossBars()));
        assertEquals(List.of(), stretches(timeline.generalLossBars()));
    }

    @Test
    void whoRanOnACpuIsNotKnownWhileItsEventsAreLost() {
        Timeline timeline = switches().lossOn(0, 3).build();
        assertEquals(
                List.of("10-30 a IDENTITY", "30-30 c IDENTITY", "40-… d IDENTITY"),
                bars(timeline, "cpus / cpu 0"));
    }

    @Test
    void lossWithoutACpuLiesOnNoRowAndOverlappingOnesAreOneStretch() {
        Timeline timeline = switches().loss(2).loss(2).lossOn(0, 3).build();
        assertEquals(List.of("20-30 #2"), stretches(timeline.generalLossBars()));
        assertEquals(List.of("20-30 #2", "30-40 #3"), stretches(timeline.lossBars()));
        assertEquals(3, timeline.losses().size());
    }

    @Test
    void lossBeforeTheFirstAndAfterTheLastEventReachesTheEdges() {
        Timeline timeline = switches().lossOn(1, 0).lossOn(0, 5).loss(99).build();
        assertEquals(List.of("10-20 #0"), stretches(timeline, "cpus / cpu 1"));
        assertEquals(List.of("40-51 #4"), stretches(timeline, "cpus / cpu 0"));
        assertEquals(List.of("50-51 #4"), stretches(timeline.generalLossBars()));
    }

    @Test
    void aCpuThatLostAllItsEventsHasARowForThat() {
        Timeline timeline = switches().lossOn(3, 2).build();
        assertEquals(List.of("10-51 #2"), stretches(timeline, "cpus / cpu 3"));
        assertTrue(
                timeline.roots().stream()
                        .flatMap(root -> root.children().stream())
                        .anyMatch(row -> row.name().equals("cpu 3")));
    }

    @Test
    void aTraceOfNothingButLossesHasAPlaceForThem() {
        Timeline timeline = TraceScript.ofCapture().loss(0).lossOn(2, 0).build();
        assertEquals(2, timeline.losses().size());
        assertEquals(List.of("0-1 #-1"), stretches(timeline.generalLossBars()));
    }
}
