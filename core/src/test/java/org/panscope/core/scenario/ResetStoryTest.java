package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.FwReload;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;

import java.util.List;

/// Resets of the GPU, from whoever asks for one to who goes on after it.
class ResetStoryTest {
    private static final String NOP = "\"MOVE32 r70, #0x1\"";
    private static final String RESET = "{\"op\": \"gpu_reset\", \"group\": \"g\"}";

    /// A group whose stream brings the GPU down, 1 ms after its start.
    private static Story falling() {
        return new Story()
                .inMain(userGroup("g"), submit("g", NOP), sleep("1ms"), RESET, sleep("30ms"));
    }

    @Test
    void stepsComeInTheOrderOfTheResetWork() {
        assertEquals(
                List.of(
                        ResetStep.SCHEDULED,
                        ResetStep.PRE_BEGIN,
                        ResetStep.PRE_END,
                        ResetStep.FW_PRE,
                        ResetStep.MMU_PRE,
                        ResetStep.SOFT_RESET,
                        ResetStep.L2_ON,
                        ResetStep.MMU_POST,
                        ResetStep.FW_POST,
                        ResetStep.PENDING_CLEARED,
                        ResetStep.POST_BEGIN,
                        ResetStep.POST_END),
                falling().run().resetSteps());
    }

    @Test
    void onlyTheFirstOneWhoAsksForAResetHasAnEffect() {
        Story story =
                new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                userGroup("h"),
                                submit("h", NOP),
                                sleep("1ms"),
                                RESET,
                                "{\"op\": \"gpu_reset\", \"group\": \"h\"}",
                                sleep("30ms"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertEquals(1, story.resetSteps().stream().filter(s -> s == ResetStep.SCHEDULED).count());
        assertEquals(1, story.resetSteps().stream().filter(s -> s == ResetStep.POST_END).count());
    }

    @Test
    void worksAreRefusedWhileAResetIsPendingOrGoesOn() {
        Story story = falling().run();
        long from = seqOf(story, ResetStep.SCHEDULED);
        long to = seqOf(story, ResetStep.POST_END);
        List<String> refused =
                story.log().entries().stream()
                        .filter(e -> e.seq() > from && e.seq() < to)
                        .map(EventLog.Entry::event)
                        .filter(e -> e instanceof SchedWork w && w.step() == WorkStep.REFUSED)
                        .map(e -> ((SchedWork) e).work())
                        .distinct()
                        .sorted()
                        .toList();
        assertTrue(refused.contains("fw_events"), refused.toString());
        assertTrue(refused.contains("sync_upd"), refused.toString());
    }

    @Test
    void aResetLoadsTheFirmwareAgainAndASuspensionDoesNot() {
        assertEquals(1, falling().run().log().of(FwReload.class).size());
        Story calm =
                new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                sleep("80ms"),
                                submit("g", NOP),
                                sleep("1ms"))
                        .run();
        assertEquals(List.of(), calm.failures());
        assertTrue(calm.shows("PM step=suspend_end .*"), "never suspended");
        assertEquals(0, calm.log().of(FwReload.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void aJobGoesOnAfterTheReset(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .with("cs.compute_job_ns", "5ms")
                        .inMain(
                                code(JOB),
                                userGroup("g"),
                                submit("g", NOP),
                                kernelGroup("k"),
                                job("k", "done"),
                                job("k", "done_2"),
                                sleep("1ms"),
                                RESET,
                                await("done"),
                                await("done_2"))
                        .expecting("\"groups\": [{\"group\": \"k\", \"flags\": []}]")
                        .run();
        assertEquals(List.of(), story.failures());
        assertEquals("CREATED ACTIVE SUSPENDED ACTIVE SUSPENDED", story.states(2));
        List<Integer> errors =
                story.log().of(Fence.class).stream()
                        .filter(f -> f.kind() == FenceKind.FINISHED)
                        .filter(f -> f.step() == FenceStep.SIGNALED)
                        .map(Fence::error)
                        .toList();
        assertEquals(List.of(0, 0), errors);
    }

    @Test
    void aJobPushedDuringAResetRunsAfterIt() {
        Story story =
                new Story()
                        .inMain(
                                code(NOP),
                                userGroup("g"),
                                submit("g", NOP),
                                kernelGroup("k"),
                                sleep("1ms"),
                                RESET,
                                sleep("100us"),
                                job("k", "done"),
                                await("done"))
                        .run();
        assertEquals(List.of(), story.failures());
        long pushed = seqOf(story, "JOB .* step=pushed .*");
        assertTrue(pushed > seqOf(story, ResetStep.PRE_END), "too early");
        assertTrue(pushed < seqOf(story, ResetStep.POST_BEGIN), "too late");
        assertTrue(seqOf(story, "JOB .* step=run .*") > seqOf(story, ResetStep.POST_BEGIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aGroupCreatedDuringAResetIsStoppedFirst(String fixed) {
        Story story =
                new Story()
                        .with("fix.reset_list_lock", fixed)
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                sleep("1ms"),
                                RESET,
                                sleep("60us"),
                                userGroup("late"),
                                submit(
                                        "late",
                                        "\"MOVE48 d66, #${S}\", \"MOVE48 d68, #0x1\","
                                                + " \"SYNC_ADD64.system [d66], d68, #0, #0\""),
                                """
                                {"op": "wait_sync", "sync": "S", "greater_than": 0,
                                 "timeout": "50ms"}\
                                """)
                        .run();
        assertEquals(List.of(), story.failures());
        GroupList first =
                story.log().of(GroupList.class).stream()
                        .filter(move -> move.gid() == 2)
                        .findFirst()
                        .orElseThrow();
        assertEquals(GroupListName.STOPPED, first.to());
        assertEquals("panthor_group_stop", first.site());
    }

    @Test
    void aKickDuringAResetOnlyMarksTheQueue() {
        Story story =
                new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                userGroup("h"),
                                sleep("1ms"),
                                RESET,
                                sleep("60us"),
                                "{\"op\": \"kick\", \"group\": \"h\"}",
                                sleep("5ms"))
                        .run();
        assertEquals(List.of(), story.failures());
        Kick kick = story.log().of(Kick.class).getLast();
        assertEquals(KickBranch.RESET, kick.branch());
        assertEquals(0, kick.idleAfter());
        assertTrue(story.shows("GROUP_LIST gid=2 .* from=stopped to=runnable .*"));
    }

    @Test
    void aGroupDestroyedDuringAResetIsTerminatedAfterIt() {
        Story story =
                new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                userGroup("h"),
                                submit("h", NOP),
                                sleep("1ms"),
                                RESET,
                                sleep("60us"),
                                "{\"op\": \"group_destroy\", \"group\": \"h\"}",
                                sleep("5ms"))
                        .run();
        assertEquals(List.of(), story.failures());
        long term = seqOf(story, "TERM gid=2 reason=destroyed .*");
        assertTrue(term > seqOf(story, ResetStep.POST_BEGIN), "too early");
        assertTrue(story.shows("GROUP_RELEASE gid=2 .*"));
    }

    // ---- suspending the groups before the reset ----------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void aGroupThatDoesNotLetItselfBeSuspendedIsTerminated(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .with("cs.compute_job_ns", "500ms")
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                code(JOB),
                                kernelGroup("k"),
                                job("k", "done"),
                                sleep("1ms"),
                                """
                                {"op": "drop_ack", "group": "k", "request": "state"}\
                                """,
                                RESET,
                                await("done"))
                        .expecting(
                                """
                                "groups": [{"group": "k", "flags": ["innocent", "timedout"],
                                            "fatal_queues": 0, "state": "terminated"}]\
                                """)
                        .run();
        assertEquals(List.of(), story.failures());
        assertTrue(story.says("CSG suspend failed, escalating to termination"));
        assertEquals("CREATED ACTIVE TERMINATED", story.states(2));
        assertTrue(story.shows("TERM gid=2 reason=timeout jobs_errored=1 .*"));
    }

    @Test
    void aGroupThatDoesNotAnswerAtAllIsTakenOffByForce() {
        Story story =
                new Story()
                        .with("cs.compute_job_ns", "500ms")
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                userGroup("h"),
                                submit("h", JOB),
                                sleep("1ms"),
                                """
                                {"op": "drop_ack", "group": "h", "request": "state",
                                 "count": 2}\
                                """,
                                RESET,
                                sleep("300ms"))
                        .expecting(
                                """
                                "groups": [{"group": "h", "flags": ["innocent", "timedout"],
                                            "state": "terminated"}]\
                                """)
                        .run();
        assertEquals(List.of(), story.failures());
        assertEquals(
                2, story.messages().stream().filter(m -> m.contains("update request")).count());
        assertTrue(story.shows("GROUP_STATE gid=2 old_state=ACTIVE new_state=TERMINATED"));
    }

    @Test
    void cachesThatAreNotFlushedMakeSuspendedGroupsWorthless() {
        Story story =
                new Story()
                        .with("cs.compute_job_ns", "500ms")
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                userGroup("h"),
                                submit("h", JOB),
                                sleep("1ms"),
                                "{\"op\": \"hardware_hang\", \"unit\": \"cache_flush\"}",
                                RESET,
                                sleep("300ms"))
                        .expecting(
                                """
                                "groups": [{"group": "h", "flags": [], "state": "terminated"}]\
                                """)
                        .run();
        assertEquals(List.of(), story.failures());
        assertTrue(story.says("Flush caches timeout"));
        assertEquals("CREATED ACTIVE SUSPENDED TERMINATED", story.states(2));
    }

    // ---- interrupts that get lost ------------------------------------------------------------

    @Test
    void aLostInterruptOfTheGpuIsMadeGoodByALookAtItsRegister() {
        Story story =
                new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                sleep("1ms"),
                                "{\"op\": \"drop_interrupt\", \"line\": \"gpu\", \"count\": 2}",
                                RESET,
                                sleep("400ms"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertFalse(story.says("Soft reset timeout"), story.messages().toString());
        assertFalse(story.says("Flush caches timeout"), story.messages().toString());
        assertTrue(story.resetSteps().contains(ResetStep.POST_END));
    }

    @Test
    void aLostJobInterruptDelaysTheCompletionUntilTheNextOne() {
        Story story =
                new Story()
                        .with("cs.compute_job_ns", "1ms")
                        .inMain(
                                code(JOB),
                                kernelGroup("k"),
                                job("k", "done"),
                                sleep("900us"),
                                "{\"op\": \"drop_interrupt\", \"line\": \"job\"}",
                                await("done"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertFalse(story.says("CSG"), story.messages().toString());
    }

    // ---- the device is given up ----------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void aFirmwareThatDoesNotBootMakesTheDeviceUnusable(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .with("cs.compute_job_ns", "5ms")
                        .inMain(
                                code(JOB),
                                userGroup("g"),
                                submit("g", NOP),
                                kernelGroup("k"),
                                job("k", "done"),
                                sleep("1ms"),
                                "{\"op\": \"firmware_hang\", \"broken\": true, \"for\": \"1us\"}",
                                sleep("10us"),
                                RESET,
                                sleep("1200ms"),
                                """
                                {"op": "vm_create", "name": "vm2", "expect_errno": "ENODEV"}\
                                """,
                                """
                                {"op": "bo_create", "name": "b", "size": 4096,
                                 "expect_errno": "ENODEV"}\
                                """,
                                """
                                {"op": "group_submit", "group": "k", "stream": "code",
                                 "expect_errno": "ENODEV"}\
                                """,
                                "{\"op\": \"kick\", \"group\": \"g\","
                                        + " \"expect_errno\": \"ENODEV\"}",
                                "{\"op\": \"doorbell\", \"group\": \"g\"}")
                        .run();
        assertEquals(1, story.failures().size(), story.failures().toString());
        assertTrue(story.failures().getFirst().contains("doorbell: SIGBUS"));
        assertTrue(story.says("Failed to boot MCU (status=disabled)"));
        assertTrue(story.says("FW slow reset failed"));
        assertTrue(story.says("Failed to boot MCU after reset, making device unusable."));
        assertTrue(story.shows("DB_FAULT .* page=sigbus .*"));
        assertEquals(ResetStep.UNPLUGGED, story.resetSteps().getLast());
        assertEquals("CREATED ACTIVE SUSPENDED TERMINATED", story.states(2));
        Fence finished =
                story.log().of(Fence.class).stream()
                        .filter(f -> f.kind() == FenceKind.FINISHED)
                        .filter(f -> f.step() == FenceStep.SIGNALED)
                        .findFirst()
                        .orElseThrow();
        assertEquals(-125, finished.error());
    }

    @Test
    void aDeviceThatCannotBeResumedFailsItsJobs() {
        for (String profile : List.of("rfc-2024", "mainline-2026")) {
            Story story =
                    new Story()
                            .with("driver.profile", profile)
                            .inMain(
                                    code(NOP),
                                    kernelGroup("k"),
                                    sleep("80ms"),
                                    "{\"op\": \"firmware_hang\", \"broken\": true}",
                                    job("k", "done"),
                                    await("done"),
                                    job("k", "done_2"),
                                    await("done_2"))
                            .run();
            assertEquals(List.of(), story.failures(), profile);
            List<Integer> errors =
                    story.log().of(Fence.class).stream()
                            .filter(f -> f.kind() == FenceKind.FINISHED)
                            .filter(f -> f.step() == FenceStep.SIGNALED)
                            .map(Fence::error)
                            .toList();
            // Runtime PM remembers the failure, unless the driver clears it.
            assertEquals(
                    profile.equals("rfc-2024") ? List.of(-110, -22) : List.of(-110, -110), errors);
        }
    }

    // ---- resets and power ----------------------------------------------------------------------

    /// The reset is asked for while the device is being suspended: the address space of a group
    /// does not get disabled.
    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void aResetAskedForDuringASuspensionIsMadeUpForAtResume(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(
                                code(NOP),
                                kernelGroup("g"),
                                job("g", "done"),
                                await("done"),
                                "{\"op\": \"hardware_hang\", \"unit\": \"address_space\","
                                        + " \"group\": \"g\"}",
                                sleep("1s"),
                                job("g", "done_2"),
                                await("done_2"))
                        .run();
        assertEquals(List.of(), story.failures(), story.messages().toString());
        assertTrue(story.says("AS_ACTIVE bit stuck"));
        List<ResetStep> steps = story.resetSteps();
        assertEquals(ResetStep.SCHEDULED, steps.getFirst());
        assertTrue(
                seqOf(story, ResetStep.SCHEDULED) < seqOf(story, "PM step=suspend_end .*"),
                "scheduled too late");
        assertEquals(
                profile.equals("rfc-2024") ? ResetStep.PRE_BEGIN : ResetStep.CANCELLED,
                steps.get(1));
        assertFalse(story.log().of(FwReload.class).isEmpty(), "the firmware was not loaded again");
    }

    /// Nobody queues a tick while a reset is pending, and only a tick would resume the device for a
    /// group that is kicked.
    @Test
    void aKickDoesNotWakeADeviceThatWaitsForAReset() {
        Story story =
                new Story()
                        .inMain(
                                userGroup("g"),
                                submit("g", NOP),
                                sleep("2ms"),
                                "{\"op\": \"hardware_hang\", \"unit\": \"address_space\","
                                        + " \"group\": \"g\"}",
                                sleep("1s"),
                                submit(
                                        "g",
                                        "\"MOVE48 d66, #${S}\", \"MOVE48 d68, #0x1\","
                                                + " \"SYNC_ADD64.system [d66], d68, #0, #0\""),
                                """
                                {"op": "wait_sync", "sync": "S", "greater_than": 0,
                                 "timeout": "1s", "expect_timeout": true}\
                                """)
                        .run();
        assertEquals(List.of(), story.failures(), story.messages().toString());
        assertEquals(List.of(ResetStep.SCHEDULED), story.resetSteps());
        assertTrue(story.shows("SCHED_WORK work=tick .* step=refused reason=reset pending.*"));
    }

    // ---- looking things up ---------------------------------------------------------------------

    private static long seqOf(Story story, ResetStep step) {
        return story.log().entries().stream()
                .filter(e -> e.event() instanceof Reset reset && reset.step() == step)
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private static long seqOf(Story story, String regex) {
        return story.log().entries().stream()
                .filter(e -> EventLog.line(e.event()).matches(regex))
                .findFirst()
                .orElseThrow()
                .seq();
    }
}
