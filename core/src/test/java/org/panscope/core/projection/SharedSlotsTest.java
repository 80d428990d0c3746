package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// More groups than slots, and queues that wait for each other, with the invariant checked at every
/// event.
class SharedSlotsTest {
    private static final int PROCESSES = 5;

    private static final String PROCESS =
            """
            {"name": "pNUMBER", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"},
              {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "memory", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x200000", "noexec": true, "uncached": true},
              {"op": "mmap_bo", "bo": "memory"},
              {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
              {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
               "queues": [{"ring_size": 4096}]},
              {"op": "map_queue", "group": "group"},
              {"op": "repeat", "count": 4, "steps": [
                {"op": "submit", "group": "group", "notify": "ring", "code": [JOBS
                  "MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]}
              ]},
              {"op": "wait_sync", "sync": "S", "greater_than": 3, "timeout": "5s"}
            ]}]}
            """;

    private static final String JOB =
            """
            "REQ_RESOURCE.compute", "SET_SB_ENTRY #3, #0",
            "MOVE32 r33, #0x1f", "MOVE32 r34, #0x0", "MOVE32 r35, #0x0", "MOVE32 r36, #0x0",
            "MOVE32 r37, #0x10", "MOVE32 r38, #0x10", "MOVE32 r39, #0x1",
            "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1", "WAIT #8", "REQ_RESOURCE",
            """;

    private static final String TWO_QUEUES =
            """
            {"name": "two-queues", "processes": [{"name": "p", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"},
              {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "memory", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x200000", "noexec": true, "uncached": true},
              {"op": "mmap_bo", "bo": "memory"},
              {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
              {"op": "sync_object", "name": "T", "bo": "memory", "vm": "vm", "offset": 64},
              {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
               "queues": [{"ring_size": 4096}, {"ring_size": 4096}]},
              {"op": "map_queue", "group": "group"},
              {"op": "map_queue", "group": "group", "queue": 1},
              {"op": "submit", "group": "group", "notify": "active", "code": [
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x0", "SYNC_WAIT64gt.inherit d66, d68",
                "MOVE48 d66, #${T}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]},
              {"op": "sleep", "for": "PAUSE"},
              {"op": "submit", "group": "group", "queue": 1, "notify": "NOTIFY", "code": [
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]},
              {"op": "wait_sync", "sync": "T", "greater_than": 0, "timeout": "5s"}
            ]}]}]}
            """;

    static Scenario fiveProcesses() throws ScenarioException {
        String processes =
                IntStream.rangeClosed(1, PROCESSES)
                        .mapToObj(i -> PROCESS.replace("NUMBER", "" + i).replace("JOBS", JOB))
                        .collect(Collectors.joining(","));
        return ScenarioFile.parse(
                "five.json",
                "{\"name\": \"five\", \"parameters\": {\"fw.csg_slots\": 3,"
                        + " \"cs.compute_job_ns\": \"8ms\"}, \"processes\": ["
                        + processes
                        + "]}");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fiveGroupsTakeTurnsOnThreeSlots(long seed) throws IOException, ScenarioException {
        RecordedEvents events = CheckedRun.of(fiveProcesses(), seed);
        assertTrue(events.of(FwCs.class).stream().anyMatch(e -> e.step() == CsStep.SUSPEND));
        assertTrue(events.of(FwCs.class).stream().anyMatch(e -> e.step() == CsStep.RESUME));
        assertTrue(events.of(DbFault.class).stream().anyMatch(e -> e.page() == FaultPage.DUMMY));
        assertTrue(events.of(DbRing.class).stream().anyMatch(e -> e.page() == DoorbellPage.DUMMY));
        assertTrue(events.of(Kick.class).stream().anyMatch(e -> e.branch() == KickBranch.SCHEDULE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aQueueThatWaitsForItsSiblingOnTheSlotGoesOn(long seed)
            throws IOException, ScenarioException {
        String text = TWO_QUEUES.replace("PAUSE", "1ms").replace("NOTIFY", "active");
        RecordedEvents events = CheckedRun.of(ScenarioFile.parse("two.json", text), seed);
        assertTrue(events.of(FwCs.class).stream().anyMatch(e -> e.step() == CsStep.UNBLOCK));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aQueueThatWaitsWhileTheDeviceSleepsGoesOn(long seed)
            throws IOException, ScenarioException {
        String text = TWO_QUEUES.replace("PAUSE", "300ms").replace("NOTIFY", "kick");
        RecordedEvents events = CheckedRun.of(ScenarioFile.parse("two.json", text), seed);
        assertTrue(events.of(FwCs.class).stream().anyMatch(e -> e.step() == CsStep.SUSPEND));
        assertTrue(events.of(SyncWaitEval.class).stream().anyMatch(e -> e.satisfied()));
    }
}
