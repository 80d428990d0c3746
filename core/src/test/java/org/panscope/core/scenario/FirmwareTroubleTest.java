package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.scenario.Story.JOB;
import static org.panscope.core.scenario.Story.await;
import static org.panscope.core.scenario.Story.code;
import static org.panscope.core.scenario.Story.job;
import static org.panscope.core.scenario.Story.kernelGroup;
import static org.panscope.core.scenario.Story.sleep;
import static org.panscope.core.scenario.Story.submit;
import static org.panscope.core.scenario.Story.userGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.SchedEvent.QueueTimer;
import org.panscope.trace.event.SchedEvent.ResetStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.TimerStep;
import org.panscope.trace.event.SchedEvent.WorkStep;

import java.util.List;

/// The watchdog, firmware that is slow or forgetful, and what the firmware does about sync waits by
/// itself.
class FirmwareTroubleTest {
    private static final String WAIT =
            "\"MOVE48 d66, #${S}\", \"MOVE48 d68, #0x0\", \"SYNC_WAIT64gt.inherit d66, d68\"";

    private static String onCore(int mask, String group) {
        String vm = "\"vm\": \"vm\"";
        return group.replace(vm, vm + ", \"core_mask\": " + mask);
    }

    @Test
    void aFirmwareThatAnswersIsPingedAgainAndAgain() {
        Story story =
                new Story()
                        .with("cs.compute_job_ns", "100ms")
                        .with("kernel.ping_period_ns", "10ms")
                        .inMain(userGroup("g"), submit("g", JOB), sleep("100ms"))
                        .run();
        assertEquals(List.of(), story.messages());
        long pings =
                story.log().of(SchedWork.class).stream()
                        .filter(work -> work.work().equals("panthor_fw_ping_work"))
                        .filter(work -> work.step() == WorkStep.BEGIN)
                        .count();
        assertTrue(pings >= 8, "pings=" + pings);
    }

    @Test
    void aSuspendedDeviceIsNotPinged() {
        Story story =
                new Story()
                        .with("kernel.ping_period_ns", "100ms")
                        .inMain(userGroup("g"), submit("g", "\"MOVE32 r70, #0x1\""), sleep("1s"))
                        .run();
        assertFalse(
                story.log().of(SchedWork.class).stream()
                        .anyMatch(work ->
                                work.work().equals("panthor_fw_ping_work")
                                        && work.step() == WorkStep.BEGIN));
    }

    /// Shorter than any limit of the driver: nobody notices, nothing is lost.
    @Test
    void aFirmwareThatHangsForAMomentGoesOnWithWhatItMissed() {
        Story story =
                new Story()
                        .inMain(
                                code("\"MOVE32 r70, #0x1\""),
                                kernelGroup("k"),
                                job("k", "done"),
                                await("done"),
                                "{\"op\": \"firmware_hang\", \"for\": \"20ms\"}",
                                job("k", "done_2"),
                                await("done_2"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertEquals(List.of(), story.messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "endpoint_config", "status_update"})
    void anAcknowledgeThatDoesNotComeEndsInAReset(String request) {
        Story story =
                new Story()
                        .with("cs.compute_job_ns", "200ms")
                        .with("fw.csg_slots", "3")
                        .inMain(
                                userGroup("g"),
                                submit("g", JOB),
                                userGroup("h"),
                                submit("h", JOB),
                                sleep("1ms"),
                                """
                                {"op": "drop_ack", "group": "g", "request": "%s"}\
                                """
                                        .formatted(request),
                                userGroup("i"),
                                submit("i", JOB),
                                userGroup("j"),
                                submit("j", JOB),
                                sleep("1s"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertTrue(story.says("CSG 0 update request timedout"), story.messages().toString());
        assertTrue(story.resetSteps().contains(ResetStep.POST_END));
    }

    /// The CPU stores a sync object, tells nobody, and the group is on its slot.
    @ParameterizedTest
    @CsvSource({"0, true", "100, false"})
    void aFirmwareThatLooksAtSyncWaitsByItselfNeedsNoDoorbell(int everyUs, boolean waits) {
        Story story =
                new Story()
                        .with("param.fw_repolls_sync", Integer.toString(everyUs))
                        .inMain(
                                """
                                {"op": "sync_object", "name": "T", "bo": "memory", "vm": "vm",
                                 "offset": 16}\
                                """,
                                userGroup("g"),
                                submit(
                                        "g",
                                        WAIT
                                                + ", \"MOVE48 d66, #${T}\", \"MOVE48 d68, #0x1\","
                                                + " \"SYNC_ADD64.system [d66], d68, #0, #0\""),
                                sleep("5ms"),
                                "{\"op\": \"sync_store\", \"sync\": \"S\", \"value\": 1}",
                                """
                                {"op": "wait_sync", "sync": "T", "greater_than": 0,
                                 "timeout": "10ms", "expect_timeout": %s}\
                                """
                                        .formatted(waits))
                        .run();
        assertEquals(List.of(), story.failures());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4})
    void theMaskOfProfiledThingsHasTwoBits(long mask) {
        Story story = new Story().with("param.profiling", Long.toString(mask));
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> story.inMain(sleep("1us")).run());
        assertTrue(refused.toString().contains("param.profiling is 0 to 3"), refused.toString());
    }

    /// A queue that waits for somebody outside keeps its timer when it loses its slot; in v6.11 so
    /// does every blocked queue.
    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void timeOfAWaitingQueueCountsWithoutASlotToo(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(code(WAIT), kernelGroup("k"), job("k", "done"), await("done"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertTrue(story.shows("GROUP_STATE gid=1 old_state=ACTIVE new_state=SUSPENDED .*"));
        List<TimerStep> steps =
                story.log().of(QueueTimer.class).stream().map(QueueTimer::step).toList();
        int fired = steps.indexOf(TimerStep.FIRE);
        assertEquals(TimerStep.ARM, steps.get(fired - 1));
        long endNs = story.log().entries().getLast().header().timeNs();
        assertTrue(endNs > 5_000_000_000L && endNs < 5_010_000_000L, "endNs=" + endNs);
    }

    /// Time without a slot does not count for a queue that could run: three groups hold the slots.
    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void timeWithoutASlotDoesNotCount(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .with("fw.csg_slots", "3")
                        .with("cs.compute_job_ns", "40ms")
                        .with("kernel.job_timeout_ns", "100ms")
                        .with("kernel.tick_period_ns", "1s")
                        .inMain(
                                code(JOB),
                                onCore(1, userGroup("a")),
                                submit("a", JOB + ", " + JOB + ", " + JOB),
                                onCore(4, userGroup("b")),
                                submit("b", JOB + ", " + JOB + ", " + JOB),
                                onCore(65536, userGroup("c")),
                                submit("c", JOB + ", " + JOB + ", " + JOB),
                                onCore(262144, kernelGroup("k")),
                                job("k", "done"),
                                await("done"))
                        .expecting("\"groups\": [{\"group\": \"k\", \"flags\": []}]")
                        .run();
        assertEquals(List.of(), story.failures());
        assertFalse(story.says("job timeout"), story.messages().toString());
        assertTrue(
                story.log().entries().getLast().header().timeNs() > 100_000_000,
                "it did not wait long enough to tell");
    }
}
