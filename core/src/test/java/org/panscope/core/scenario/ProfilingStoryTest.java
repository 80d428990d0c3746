package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.scenario.Story.JOB;
import static org.panscope.core.scenario.Story.await;
import static org.panscope.core.scenario.Story.code;
import static org.panscope.core.scenario.Story.job;
import static org.panscope.core.scenario.Story.kernelGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SchedEvent.QueueTimer;
import org.panscope.trace.event.SchedEvent.TimerStep;

import java.util.List;

/// Jobs of the driver of 2026: what they store of themselves, what they cost, how their queue is
/// called and timed.
class ProfilingStoryTest {
    private static Story twoJobs() {
        return new Story()
                .with("driver.profile", "mainline-2026")
                .with("cs.compute_job_ns", "3ms")
                .inMain(
                        code(JOB),
                        kernelGroup("g"),
                        job("g", "done"),
                        await("done"),
                        "{\"op\": \"profiling\", \"mask\": 3}",
                        job("g", "done_2"),
                        await("done_2"),
                        "{\"op\": \"fdinfo\"}",
                        "{\"op\": \"fdinfo\"}");
    }

    /// The first job was created before the attribute was written.
    @Test
    void jobsTakeAsManyCreditsAsTheyHaveWords() {
        List<Job> written =
                twoJobs().run().log().of(Job.class).stream()
                        .filter(job -> job.step() == JobStep.WRITTEN)
                        .toList();
        assertEquals(List.of(16, 24), written.stream().map(Job::credits).toList());
        assertEquals(
                List.of("0 128", "128 320"),
                written.stream().map(job -> job.ringStart() + " " + job.ringEnd()).toList());
    }

    /// 3 ms of one core at 1 GHz, and a timer of 24 MHz; asking twice does not count twice.
    @Test
    void fdinfoTellsWhatProfiledJobsUsed() {
        List<String> told =
                twoJobs().run().log().of(Mark.class).stream()
                        .map(Mark::text)
                        .filter(text -> text.startsWith("drm-engine"))
                        .toList();
        assertEquals(2, told.size());
        assertEquals(told.get(0), told.get(1));
        List<String> words = List.of(told.getFirst().split("[ ;]+", -1));
        assertEquals("drm-engine-panthor:", words.get(0));
        assertEquals("drm-cycles-panthor:", words.get(3));
        long ns = Long.parseLong(words.get(1));
        long cycles = Long.parseLong(words.get(4));
        assertTrue(ns >= 3_000_000 && ns < 3_100_000, "ns=" + ns);
        assertTrue(Math.abs(cycles - ns) < 200, "cycles=" + cycles + " ns=" + ns);
    }

    @Test
    void theParameterIsTheAttributeAtTheStart() {
        Story story =
                new Story()
                        .with("driver.profile", "mainline-2026")
                        .with("param.profiling", "1")
                        .inMain(
                                code(JOB),
                                kernelGroup("g"),
                                job("g", "done"),
                                await("done"),
                                "{\"op\": \"fdinfo\"}")
                        .run();
        assertEquals(List.of(), story.failures());
        assertTrue(story.shows("MARK text=drm-cycles-panthor: \\d{5,}"));
    }

    @ParameterizedTest
    @CsvSource({
        "mainline-2026, 3, 0",
        "mainline-2026, 4, EINVAL",
        "rfc-2024, 1, ENOENT",
    })
    void theAttributeAnswers(String profile, int mask, String errno) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(
                                "{\"op\": \"profiling\", \"mask\": %d, \"expect_errno\": \"%s\"}"
                                        .formatted(mask, errno))
                        .run();
        assertEquals(List.of(), story.failures());
    }

    @ParameterizedTest
    @CsvSource({"rfc-2024, panthor-queue", "mainline-2026, panthor-queue-1-1-0"})
    void fencesNameTheirQueue(String profile, String timeline) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(code(JOB), kernelGroup("g"), job("g", "done"), await("done"))
                        .run();
        assertTrue(
                story.log().of(Fence.class).stream()
                        .filter(fence -> fence.kind() == FenceKind.FINISHED)
                        .allMatch(fence -> fence.timeline().equals(timeline)));
    }

    /// A job on a slot, one without, and a queue that has nothing to do.
    @Test
    void theQueuesTimerRunsWhileThereIsWorkOnASlot() {
        List<TimerStep> steps =
                twoJobs().run().log().of(QueueTimer.class).stream().map(QueueTimer::step).toList();
        assertEquals(
                List.of(
                        TimerStep.SUSPEND,
                        TimerStep.ARM,
                        TimerStep.SUSPEND,
                        TimerStep.ARM,
                        TimerStep.SUSPEND),
                steps);
    }

    @ParameterizedTest
    @CsvSource({"rfc-2024, 0", "mainline-2026, EINVAL"})
    void aDeadGroupTakesNoJobsIn2026(String profile, String errno) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(
                                code("\"0xff00000000000000\""),
                                kernelGroup("g"),
                                job("g", "done"),
                                await("done"),
                                """
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "expect_errno": "%s"}\
                                """
                                        .formatted(errno),
                                Story.sleep("1ms"))
                        .run();
        assertEquals(List.of(), story.failures());
    }
}
