package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.sim.SeededChoices;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.MarkEvent.RunEnd;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Writer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How runs end, and what steps do beyond the two golden paths.
class ScenarioRunTest {
    private static final String USER_QUEUE =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "memory", "size": 4096},
            {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000"},
            {"op": "mmap_bo", "bo": "memory"},
            {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
            {"op": "eventfd", "name": "done"},
            {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
             "eventfd": "done", "queues": [{"ring_size": 4096}]},
            {"op": "map_queue", "group": "group"},
            """;

    private static final String SIGNAL =
            """
            "code": ["MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]
            """;

    private final EventLog log = new EventLog();

    private ScenarioResult run(String expect, String steps) {
        return Runs.text(
                """
                {"name": "t", "expect": {"outcome": "%s"},
                 "processes": [{"name": "p", "threads": [{"name": "m", "steps": [%s]}]}]}
                """
                        .formatted(expect, steps),
                Map.of(),
                log);
    }

    @Test
    void lostRingLeavesTheApplicationWaiting() {
        String steps =
                USER_QUEUE
                        + "{\"op\": \"submit\", \"group\": \"group\", \"notify\": \"none\","
                        + SIGNAL
                        + "}, {\"op\": \"wait_eventfd\", \"eventfd\": \"done\"}";
        ScenarioResult result = run("waiting", steps);
        assertEquals("waiting", result.reason());
        assertTrue(result.isAsExpected());
        assertEquals("waiting", log.of(RunEnd.class).getLast().reason());
    }

    @Test
    void runThatDoesNotEndAsExpectedFails() {
        ScenarioResult result = run("time_limit", "{\"op\": \"open\", \"name\": \"dev\"}");
        assertEquals("failed", result.reason());
        assertEquals(List.of("the run ended with idle, expected time-limit"), result.failures());
    }

    @Test
    void waitThatIsOverInTimeIsAsExpectedOnlyWhenSaidSo() {
        String wait =
                "{\"op\": \"wait_eventfd\", \"eventfd\": \"done\", \"timeout\": \"2ms\", \"x\"}";
        ScenarioResult expected =
                run("idle", USER_QUEUE + wait.replace("\"x\"", "\"expect_timeout\": true"));
        assertEquals(List.of(), expected.failures());
        ScenarioResult surprised =
                run("idle", USER_QUEUE + wait.replace("\"x\"", "\"expect_timeout\": false"));
        assertEquals(1, surprised.failures().size());
        assertTrue(surprised.failures().getFirst().contains("the time was over"));
    }

    @Test
    void unexpectedErrnoEndsTheThreadWithANote() {
        ScenarioResult result =
                run(
                        "idle",
                        """
                        {"op": "open", "name": "dev"},
                        {"op": "vm_create", "name": "vm"},
                        {"op": "group_create", "name": "g", "vm": "vm", "queues": [{"ring_size": 100}]},
                        {"op": "mark", "text": "never"}
                        """);
        assertEquals("failed", result.reason());
        String failure = result.failures().getFirst();
        assertTrue(failure.startsWith("p/m line "), failure);
        assertTrue(failure.contains("group_create: answered -EINVAL, expected 0"), failure);
        List<Mark> marks = log.of(Mark.class);
        assertEquals(1, marks.size());
        assertTrue(marks.getFirst().text().contains("-EINVAL"));
    }

    @Test
    void expectedErrnoIsNoFailure() {
        ScenarioResult result =
                run(
                        "idle",
                        """
                        {"op": "open", "name": "dev"},
                        {"op": "vm_create", "name": "vm"},
                        {"op": "group_create", "name": "g", "vm": "vm", "expect_errno": "EINVAL",
                         "queues": [{"ring_size": 100}]},
                        {"op": "kick", "handle": 5}
                        """);
        assertEquals(List.of(), result.failures());
        assertEquals("GROUP_KICK", log.of(IoctlEnter.class).getLast().name());
    }

    @Test
    void threadWaitsForANameAnotherThreadMakes() {
        ScenarioResult result =
                Runs.text(
                        """
                        {"name": "t", "processes": [{"name": "p", "threads": [
                          {"name": "a", "steps": [
                            {"op": "vm_destroy", "vm": "vm"},
                            {"op": "mark", "text": "destroyed"}]},
                          {"name": "b", "start": "1ms", "steps": [
                            {"op": "open", "name": "dev"},
                            {"op": "vm_create", "name": "vm"}]}
                        ]}]}
                        """,
                        Map.of(),
                        log);
        assertEquals(List.of(), result.failures());
        assertEquals("destroyed", log.of(Mark.class).getLast().text());
    }

    @Test
    void ringWrapsOverManyBatches() {
        ScenarioResult result =
                run(
                        "idle",
                        USER_QUEUE
                                + "{\"op\": \"repeat\", \"count\": 20, \"steps\": ["
                                + "{\"op\": \"submit\", \"group\": \"group\", \"pad_to\": 448,"
                                + " \"notify\": \"ring\","
                                + SIGNAL
                                + "}]},"
                                + "{\"op\": \"wait_sync\", \"sync\": \"S\", \"greater_than\": 19,"
                                + " \"timeout\": \"1s\"}");
        assertEquals(List.of(), result.failures());
        List<RingWrite> writes =
                log.of(RingWrite.class).stream().filter(e -> e.by() == Writer.USER).toList();
        assertEquals(20 * 448L, writes.stream().mapToLong(RingWrite::length).sum());
        assertTrue(writes.size() > 20, "a write that wraps is two stores");
    }

    @Test
    void listenersSeeEveryEventAsItIsRecorded() throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve("hello-ring.json"));
        RunningScenario running =
                ScenarioRun.of(scenario, 0, Map.of()).start(log.trace(), new SeededChoices(0));
        List<Long> seen = new ArrayList<>();
        running.recorder().addListener((seq, _, _) -> seen.add(seq));
        long before = log.trace().eventCount();
        while (!running.advance(Long.MAX_VALUE)) {
            assertNotEquals(0, running.nowNs());
        }
        ScenarioResult result = running.finish();
        assertEquals(result.events() - before, seen.size());
        assertEquals(before, seen.getFirst());
        assertEquals(1, log.of(FileOpen.class).size());
    }

    @Test
    void headerNamesScenarioSeedAndDifferences() throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve("hello-ring.json"));
        ScenarioRun run = ScenarioRun.of(scenario, 42, Map.of("kernel.tick_period_ns", "4ms"));
        assertEquals(
                Map.of(
                        "gpu.id", "0xa8670005",
                        "scenario", "hello-ring",
                        "seed", "42",
                        "kernel.tick_period_ns", "4000000"),
                run.header().attributes());
        assertEquals("virtual", run.header().clock());
        assertEquals("hello-ring.json", run.header().source(), "whatever path led to it");
    }

    @Test
    void idleRunEndsWithTheLastThingThatHappened() {
        for (String sample : new String[] {"hello-ring.json", "kernel-submit.json"}) {
            EventLog events = new EventLog();
            ScenarioResult result = Runs.sample(sample, Map.of(), events);
            int last = events.entries().size() - 2;
            assertEquals(events.entries().get(last).header().timeNs(), result.endNs());
        }
    }
}
