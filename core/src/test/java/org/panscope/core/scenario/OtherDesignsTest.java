package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.SchedEvent.Eviction;
import org.panscope.trace.event.SchedEvent.EvictionStep;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SyncEvent.SyncMem;

import java.util.List;

/// What reviewers proposed instead: eviction fences with fences on request (V14), and a kernel job
/// behind each batch (V10).
class OtherDesignsTest {
    private static final String ADD =
            "\"MOVE48 d66, #${S}\", \"MOVE48 d68, #0x1\", \"SYNC_ADD64.system [d66], d68, #0, #0\"";

    private static Story story(String mode) {
        return new Story().with(mode, "true").with("cs.compute_job_ns", "500us");
    }

    private static String fenceFor(String group, String syncobj) {
        return """
        {"op": "group_submit", "group": "%s", "signal": [{"syncobj": "%s"}]}\
        """
                .formatted(group, syncobj);
    }

    // ---- V14

    private static final String EVICTION = "mode.eviction_fences";

    @Test
    void aFenceOnRequestStandsForWhatIsInTheRing() {
        Story story =
                story(EVICTION)
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit("g", Story.JOB + ", " + ADD),
                                fenceFor("g", "done"),
                                Story.await("done"),
                                "{\"op\": \"expect_sync\", \"sync\": \"S\", \"value\": 1}")
                        .run();
        assertEquals(List.of(), story.failures());
        assertEquals(1, submissions(story, FenceStep.SIGNALED));
    }

    @Test
    void aFenceForWorkThatIsDoneSignalsAtOnce() {
        Story story =
                story(EVICTION)
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit("g", ADD),
                                Story.sleep("100ms"),
                                fenceFor("g", "done"),
                                "{\"op\": \"syncobj_wait\", \"syncobj\": \"done\", \"timeout\":"
                                        + " \"1ms\"}")
                        .run();
        assertEquals(List.of(), story.failures());
    }

    @Test
    void aFenceOnRequestWaitsForNothingElse() {
        Story story =
                story(EVICTION)
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit("g", ADD),
                                fenceFor("g", "done"),
                                """
                                {"op": "group_submit", "group": "g", "wait": [{"syncobj": "done"}],
                                 "signal": [{"syncobj": "done_2"}], "expect_errno": "EINVAL"}\
                                """,
                                Story.await("done"))
                        .run();
        assertEquals(List.of(), story.failures());
    }

    /// A batch that waits for a value nobody writes: the kernel's limit for a job ends it, group
    /// and all.
    @Test
    void aRingThatNeverEndsIsEndedByTheJobsLimit() {
        Story story =
                story(EVICTION)
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit(
                                        "g",
                                        "\"MOVE48 d66, #${S}\", \"MOVE48 d68, #0x5\","
                                                + " \"SYNC_WAIT64gt.inherit d66, d68\""),
                                fenceFor("g", "done"),
                                Story.await("done"))
                        .run();
        Fence end =
                story.log().of(Fence.class).stream()
                        .filter(f -> f.kind() == FenceKind.SUBMISSION)
                        .filter(f -> f.step() == FenceStep.SET_ERROR)
                        .findFirst()
                        .orElseThrow();
        assertEquals(Errno.ETIMEDOUT, end.error());
        assertTrue(story.states(1).endsWith("TERMINATED"), story.states(1));
    }

    /// One thread allocates again and again, so that memory is taken away; another fills its ring
    /// and asks for fences.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noFenceIsMadeWhileTheGroupsAreAway(long seed) {
        String allocate =
                """
                {"op": "bo_create", "name": "x%1$d", "size": 1048576},
                {"op": "vm_bind", "vm": "vm", "bo": "x%1$d", "va": "0x%1$d0000000"}, {"op": "sleep", "for": "1ms"}\
                """;
        Story story =
                story(EVICTION)
                        .with("param.memory_limit_bytes", Long.toString(3 << 20))
                        .with("kernel.jitter_ns", Long.toString(3_000 * seed))
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit("g", ADD),
                                "{\"op\": \"signal\", \"event\": \"go\"}",
                                allocate.formatted(1),
                                allocate.formatted(2),
                                allocate.formatted(3),
                                allocate.formatted(4))
                        .at(
                                "0ns",
                                "{\"op\": \"await\", \"event\": \"go\"}",
                                "{\"op\": \"repeat\", \"count\": 8, \"steps\": ["
                                        + Story.submit("g", Story.JOB + ", " + ADD)
                                        + ", "
                                        + fenceFor("g", "done")
                                        + ", {\"op\": \"sleep\", \"for\": \"200us\"}]}",
                                Story.await("done"))
                        .run();
        assertEquals(List.of(), story.failures());
        boolean away = false;
        boolean wasAway = false;
        long open = 0;
        for (EventLog.Entry entry : story.log().entries()) {
            if (entry.event() instanceof Eviction eviction) {
                away = eviction.step() != EvictionStep.ARMED;
                wasAway |= away;
                if (eviction.step() == EvictionStep.SUSPENDING) {
                    assertEquals(0, open, "submissions open when the groups leave");
                }
            } else if (entry.event() instanceof Job job && job.step() == JobStep.PUSHED) {
                assertFalse(away, "pushed while away: " + EventLog.line(job));
                open++;
            } else if (entry.event() instanceof Job job && job.step() == JobStep.DONE) {
                open--;
            }
        }
        assertTrue(wasAway, "memory was never short");
        assertEquals(9, story.log().of(SyncMem.class).size());
    }

    @Test
    void theEvictionFenceEndsWithItsAddressSpace() {
        Story story =
                story(EVICTION)
                        .inMain(
                                Story.userGroup("g"),
                                "{\"op\": \"group_destroy\", \"group\": \"g\"}",
                                Story.sleep("1ms"),
                                "{\"op\": \"vm_destroy\", \"vm\": \"vm\"}")
                        .run();
        assertEquals(List.of(), story.failures());
        assertEquals(
                List.of(EvictionStep.ARMED, EvictionStep.ENDED),
                story.log().of(Eviction.class).stream().map(Eviction::step).toList());
    }

    private static long submissions(Story story, FenceStep step) {
        return story.log().of(Fence.class).stream()
                .filter(f -> f.kind() == FenceKind.SUBMISSION && f.step() == step)
                .count();
    }

    // ---- V10

    @Test
    void aRingWithoutAJobDoesNotRun() {
        Story story =
                story("mode.job_per_submit")
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit("g", ADD),
                                "{\"op\": \"doorbell\", \"group\": \"g\"}",
                                Story.sleep("50ms"),
                                "{\"op\": \"expect_sync\", \"sync\": \"S\", \"value\": 0}",
                                fenceFor("g", "done"),
                                Story.await("done"),
                                "{\"op\": \"expect_sync\", \"sync\": \"S\", \"value\": 1}")
                        .run();
        assertEquals(List.of(), story.failures());
        assertTrue(
                story.log().of(DbFault.class).stream().allMatch(f -> f.page() == FaultPage.DUMMY));
        assertTrue(story.shows("KICK .*branch=needs_job.*"));
    }

    @Test
    void aJobOfADeadGroupEndsWithAnError() {
        Story story =
                story("mode.job_per_submit")
                        .inMain(
                                Story.userGroup("g"),
                                Story.submit("g", "\"0xff00000000000000\""),
                                fenceFor("g", "done"),
                                Story.await("done"))
                        .run();
        assertEquals(1, submissions(story, FenceStep.SIGNALED));
        assertTrue(story.shows("FENCE step=signaled kind=finished .*error=-22.*"));
    }

    @Test
    void asPostedAnUserGroupTakesNoJobs() {
        Story story =
                new Story()
                        .inMain(
                                Story.userGroup("g"),
                                """
                                {"op": "group_submit", "group": "g", "expect_errno": "EINVAL"}\
                                """)
                        .run();
        assertEquals(List.of(), story.failures());
    }
}
