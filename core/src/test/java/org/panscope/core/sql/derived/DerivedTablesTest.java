package org.panscope.core.sql.derived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.sql.SampleTraces;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/// What the derived tables say of emulated samples and of a capture.
class DerivedTablesTest {
    private static TableLog log(String sample) {
        try (OpenedTrace opened = SampleTraces.open(sample)) {
            return TableLog.of(opened.trace());
        }
    }

    private static long count(Trace trace, String type, String step) {
        long count = 0;
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            boolean isType = cursor.type().name().equals(type);
            if (isType && (step.isEmpty() || step.equals(cursor.event().value("step")))) {
                count++;
            }
        }
        return count;
    }

    @Test
    void aBatchPassesEveryStationInOrder() {
        TableLog log = log("hello-ring.json");
        assertEquals(
                List.of(
                        "1 0 1 user 0 128 ended @331020ns#363",
                        "1 0 2 user 128 256 ended @5422300ns#600"),
                log.texts(
                        "batches",
                        "gid",
                        "queue",
                        "batch",
                        "written_by",
                        "ring_from",
                        "ring_to",
                        "state",
                        "cursor"));
        assertEquals(
                List.of(
                        "361 362 366 - 437 440 481 465 482 495",
                        "598 599 - 603 607 610 649 632 652 664"),
                log.texts(
                        "batches",
                        "write_seq",
                        "insert_seq",
                        "kick_seq",
                        "doorbell_seq",
                        "fetch_seq",
                        "execute_seq",
                        "end_seq",
                        "sync_seq",
                        "irq_seq",
                        "wake_seq"));
        assertEquals(
                List.of("schedule -", "- real"),
                log.texts("batches", "kick_branch", "doorbell_page"));
    }

    @Test
    void theRestOfASmallRun() {
        TableLog log = log("hello-ring.json");
        assertEquals(
                List.of("1 true hello-ring SUSPENDED -"),
                log.texts("groups", "gid", "user_submit", "process", "state", "released_seq"));
        assertEquals(
                List.of("1 0 2 256 256"),
                log.texts("queues", "gid", "queue", "insert_writes", "insert", "extract"));
        assertEquals(
                List.of("0 1 392 799 SUSPENDED"),
                log.texts("slots", "slot", "gid", "from_seq", "to_seq", "state"));
        assertEquals(0, log.count("jobs"));
        assertEquals(0, log.count("findings"));
    }

    @Test
    void aKernelBatchKnowsItsJobAndWhomItWoke() {
        TableLog log = log("kernel-submit.json");
        assertTrue(log.count("batches") > 0);
        for (String row : log.texts("batches", "written_by", "job", "wake_seq", "state")) {
            assertTrue(row.matches("kernel \\d+ \\d+ ended"), row);
        }
        assertEquals(log.count("batches"), log.count("jobs"));
        for (String row : log.texts("jobs", "kind", "outcome", "error", "freed_seq")) {
            assertTrue(row.matches("queue done 0 \\d+"), row);
        }
    }

    @Test
    void rowsAreAsManyAsTheEventsSay() {
        try (OpenedTrace opened = SampleTraces.open("mixed-flows.json")) {
            Trace trace = opened.trace();
            TableLog log = TableLog.of(trace);
            assertEquals(count(trace, "BIND", ""), log.count("slots"));
            assertEquals(count(trace, "FENCE", "init"), log.count("fences"));
            assertEquals(count(trace, "INSERT_WRITE", ""), log.count("batches"));
            assertEquals(count(trace, "JOB", "created"), log.count("jobs"));
            assertEquals(
                    count(trace, "FW_CS", "block"),
                    log.texts("waits", "kind").stream().filter("stream"::equals).count());
            assertEquals(
                    count(trace, "SYNCOBJ_WAIT", "begin"),
                    log.texts("waits", "kind").stream().filter("syncobj"::equals).count());
        }
    }

    @Test
    void anXgsJobWaitsUntilItsOperationIsTrue() {
        TableLog log = log("xgs-bridge.json");
        assertEquals(
                List.of("3 > 0 464140 2594040 satisfied"),
                log
                        .texts(
                                "waits",
                                "kind",
                                "job",
                                "condition",
                                "ref",
                                "from_t",
                                "to_t",
                                "ended_by")
                        .stream()
                        .filter(row -> row.startsWith("xgs "))
                        .map(row -> row.substring("xgs ".length()))
                        .toList());
        assertEquals(
                List.of(
                        "queue 1 - done",
                        "vm_bind 4 - done",
                        "xgs 2 1 completed",
                        "xgs 3 2 completed"),
                log.texts("jobs", "kind", "job", "xq", "outcome").stream().sorted().toList());
    }

    @Test
    void aCaptureIsPairedAsEverywhereElse() {
        TableLog log = log("captures/panscope-sample.report.txt");
        // As many as the capture-quality panel counts.
        assertEquals(144, log.count("fences"));
        assertTrue(log.texts("fences", "signal_seq").stream().noneMatch("-"::equals));
        List<String> jobs =
                log.texts("jobs", "kind", "pushed_seq", "run_seq", "done_seq").stream()
                        .filter(row -> row.startsWith("drm_sched"))
                        .toList();
        assertEquals(48, jobs.size());
        assertTrue(jobs.stream().allMatch(row -> row.matches("drm_sched \\d+ \\d+ \\d+")));
        // What the application's markers say of the same jobs.
        assertEquals(24, log.count("jobs") - jobs.size());
    }

    @Test
    void probesTellStaysOnSlots(@TempDir Path folder) throws IOException {
        Path capture = folder.resolve("probes.txt");
        String thread = "     kworker/0:1-90    [000] d....     1.";
        Files.writeString(
                capture,
                "# tracer: nop\n"
                        + thread
                        + "000100: group_bind_locked: (group_bind_locked+0x0/0x158 [panthor])"
                        + " group=0xffff000012345680 csg_id=3\n"
                        + thread
                        + "000200: group_bind_locked: (group_bind_locked+0x0/0x158 [panthor])"
                        + " group=0xffff000012345690 csg_id=0\n"
                        + thread
                        + "000300: group_unbind_locked: (group_unbind_locked+0x0/0xa4 [panthor])"
                        + " group=0xffff000012345680\n");
        try (OpenedTrace opened = TraceInputs.open(capture, Progress.NONE)) {
            assertEquals(
                    List.of("3 - 0xffff000012345680 0 2", "0 - 0xffff000012345690 1 -"),
                    TableLog.of(opened.trace())
                            .texts("slots", "slot", "gid", "group_address", "from_seq", "to_seq"));
        }
    }

    @Test
    void findingsAreRowsWithAPlace() {
        try (OpenedTrace opened = SampleTraces.open("hello-ring.json")) {
            TableLog log =
                    TableLog.of(
                            opened.trace(),
                            trace ->
                                    List.of(
                                            new FindingSource.FindingRow(
                                                    "I4",
                                                    "E",
                                                    599,
                                                    null,
                                                    List.of("group:1", "queue:1.0"),
                                                    "why")));
            assertEquals(
                    List.of("I4 E 599 - 5422300 group:1 queue:1.0 why @5422300ns#600"),
                    log.texts(
                            "findings",
                            "rule",
                            "severity",
                            "from_seq",
                            "to_seq",
                            "t",
                            "objects",
                            "message",
                            "cursor"));
        }
    }

    @Test
    void cancellingEndsThePass() {
        try (OpenedTrace opened = SampleTraces.open("hello-ring.json")) {
            assertThrows(
                    CancellationException.class,
                    () ->
                            DerivedTables.write(
                                    opened.trace(),
                                    FindingSource.NONE,
                                    table -> values -> {},
                                    seq -> {},
                                    () -> true));
        }
    }
}
