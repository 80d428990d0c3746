package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FenceEvent.Resv;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.FenceEvent.SyncobjWait;
import org.panscope.trace.event.MemoryEvent.BoDestroy;
import org.panscope.trace.event.MemoryEvent.BoHandle;
import org.panscope.trace.event.MemoryEvent.VmBindJob;
import org.panscope.trace.event.MemoryEvent.VmDestroy;
import org.panscope.trace.event.MemoryEvent.VmFree;
import org.panscope.trace.event.MemoryEvent.VmMap;
import org.panscope.trace.event.MemoryEvent.VmUnusable;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.TraceEvent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Timelines, asynchronous VM_BINDs and what processes share, each with the main invariant after
/// every event.
class SharingInvariantTest {
    /// A process with a device, a VM, code at 0x100000 and a kernel-submit group.
    private static final String SET_UP =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "code", "size": 4096, "vm": "vm"},
            {"op": "vm_bind", "vm": "vm", "bo": "code", "va": "0x100000"},
            {"op": "mmap_bo", "bo": "code"},
            {"op": "bo_write", "bo": "code", "code": ["MOVE32 r70, #0x10", "WAIT #1"]},
            {"op": "munmap_bo", "bo": "code"},
            {"op": "group_create", "name": "g", "vm": "vm", "queues": [{"ring_size": 4096}]},
            """;

    private static List<TraceEvent> run(String... threads) throws IOException, ScenarioException {
        return runWith("{}", threads);
    }

    /// @param threads `NAME: steps`, one process for each
    private static List<TraceEvent> runWith(String switches, String... threads)
            throws IOException, ScenarioException {
        StringBuilder processes = new StringBuilder();
        for (String thread : threads) {
            int colon = thread.indexOf(':');
            processes
                    .append(processes.isEmpty() ? "" : ",")
                    .append("{\"name\": \"")
                    .append(thread, 0, colon)
                    .append("\", \"threads\": [{\"name\": \"main\", \"steps\": [")
                    .append(thread.substring(colon + 1))
                    .append("]}]}");
        }
        String text =
                "{\"name\": \"sharing\", \"switches\": "
                        + switches
                        + ", \"processes\": ["
                        + processes
                        + "]}";
        RecordedEvents events = CheckedRun.of(ScenarioFile.parse("sharing.json", text), 1);
        return events.of(TraceEvent.class);
    }

    private static <T extends TraceEvent> List<T> of(List<TraceEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void aTimelineIsWaitedForPointByPoint() throws IOException, ScenarioException {
        List<TraceEvent> events =
                run(
                        "p:"
                                + SET_UP
                                + """
                                {"op": "syncobj_create", "name": "t"},
                                {"op": "syncobj_create", "name": "b"},
                                {"op": "eventfd", "name": "e"},
                                {"op": "syncobj_eventfd", "syncobj": "t", "point": 2, "eventfd": "e"},
                                {"op": "syncobj_wait", "syncobj": "t", "point": 1, "timeout": "1ms",
                                 "for_submit": true, "expect_errno": "ETIME"},
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "signal": [{"syncobj": "t", "point": 1}]},
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "wait": [{"syncobj": "t", "point": 1}],
                                 "signal": [{"syncobj": "t", "point": 2}]},
                                {"op": "syncobj_query", "syncobj": "t", "last_submitted": true,
                                 "expect_point": 2},
                                {"op": "syncobj_query", "syncobj": "t", "expect_point": 0},
                                {"op": "syncobj_wait", "syncobj": "t", "point": 2, "available": true},
                                {"op": "syncobj_transfer", "from": {"syncobj": "t", "point": 2},
                                 "to": {"syncobj": "b"}},
                                {"op": "syncobj_wait_many", "points": [{"syncobj": "t", "point": 3},
                                 {"syncobj": "t", "point": 1}], "for_submit": true, "expect_first": 1},
                                {"op": "syncobj_wait", "syncobj": "t", "point": 2},
                                {"op": "wait_eventfd", "eventfd": "e", "timeout": "1ms"},
                                {"op": "syncobj_wait", "syncobj": "b"},
                                {"op": "syncobj_query", "syncobj": "t", "expect_point": 2},
                                {"op": "syncobj_signal", "syncobj": "t", "point": 9},
                                {"op": "syncobj_query", "syncobj": "t", "expect_point": 9},
                                {"op": "syncobj_transfer", "from": {"syncobj": "b"},
                                 "to": {"syncobj": "t", "point": 12}},
                                {"op": "syncobj_reset", "syncobj": "t"},
                                {"op": "syncobj_destroy", "syncobj": "t"},
                                {"op": "close", "file": "dev"},
                                {"op": "sleep", "for": "200ms"}
                                """);
        assertTrue(of(events, SyncobjWait.class).size() >= 4);
        assertTrue(
                of(events, Syncobj.class).stream()
                        .anyMatch(e ->
                                e.step() == SyncobjStep.SIGNALED
                                        && Long.valueOf(2).equals(e.signaledPoint())));
        assertTrue(of(events, Fence.class).stream().anyMatch(f -> f.step() == FenceStep.RELINK));
        assertEquals(List.of(), leftFences(events));
    }

    /// Fences somebody still holds in the end.
    private static List<String> leftFences(List<TraceEvent> events) {
        List<String> left = new ArrayList<>();
        for (Fence fence : of(events, Fence.class)) {
            String name = fence.kind() + " " + fence.context() + ":" + fence.seqno();
            if (fence.step() == FenceStep.INIT) {
                left.add(name);
            } else if (fence.step() == FenceStep.DESTROY) {
                left.remove(name);
            }
        }
        return left;
    }

    @Test
    void aWaiterForSubmitGetsWhatAnotherThreadSubmitsLater() throws IOException, ScenarioException {
        List<TraceEvent> events =
                run(
                        "waiter:"
                                + """
                                {"op": "open", "name": "dev"},
                                {"op": "syncobj_create", "name": "t"},
                                {"op": "syncobj_export", "syncobj": "t", "as": "T"},
                                {"op": "syncobj_wait", "syncobj": "t", "point": 5, "for_submit": true}
                                """,
                        "signaller:"
                                + SET_UP
                                + """
                                {"op": "sleep", "for": "1ms"},
                                {"op": "syncobj_import", "from": "T", "name": "mine"},
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "signal": [{"syncobj": "mine", "point": 5}]},
                                {"op": "syncobj_destroy", "syncobj": "mine"}
                                """);
        Syncobj imported =
                of(events, Syncobj.class).stream()
                        .filter(e -> e.step() == SyncobjStep.IMPORT)
                        .findFirst()
                        .orElseThrow();
        assertEquals("1.1 2.1", imported.handles());
        assertEquals(2, imported.fileId());
        assertTrue(
                of(events, SyncobjWait.class).stream()
                        .anyMatch(w -> Integer.valueOf(0).equals(w.result())));
    }

    @Test
    void aSyncFileKeepsTheFenceItWasMadeOf() throws IOException, ScenarioException {
        run(
                "maker:"
                        + SET_UP
                        + """
                        {"op": "syncobj_create", "name": "s"},
                        {"op": "sync_file_export", "syncobj": "s", "as": "F", "expect_errno": "EINVAL"},
                        {"op": "group_submit", "group": "g", "stream": "code",
                         "signal": [{"syncobj": "s"}]},
                        {"op": "sync_file_export", "syncobj": "s", "as": "F"},
                        {"op": "syncobj_reset", "syncobj": "s"},
                        {"op": "syncobj_destroy", "syncobj": "s"},
                        {"op": "sleep", "for": "10ms"},
                        {"op": "export_close", "from": "F"}
                        """,
                "taker:"
                        + """
                        {"op": "open", "name": "dev"},
                        {"op": "syncobj_create", "name": "s"},
                        {"op": "sync_file_import", "from": "F", "syncobj": "s"},
                        {"op": "syncobj_wait", "syncobj": "s", "timeout": "1s"}
                        """);
    }

    @Test
    void asynchronousBindsRunInOrderAfterWhatTheyWaitFor() throws IOException, ScenarioException {
        List<TraceEvent> events =
                run(
                        "p:"
                                + SET_UP
                                + """
                                {"op": "bo_create", "name": "a", "size": 8192},
                                {"op": "bo_create", "name": "x", "size": 4096, "vm": "vm"},
                                {"op": "syncobj_create", "name": "go"},
                                {"op": "syncobj_create", "name": "t"},
                                {"op": "syncobj_signal", "syncobj": "go", "point": 1},
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "signal": [{"syncobj": "go", "point": 2}]},
                                {"op": "vm_bind", "vm": "vm", "bo": "a", "va": "0x200000", "async": true,
                                 "wait": [{"syncobj": "go", "point": 2}],
                                 "signal": [{"syncobj": "t", "point": 1}]},
                                {"op": "vm_bind", "vm": "vm", "bo": "x", "va": "0x201000", "async": true},
                                {"op": "vm_unbind", "vm": "vm", "va": "0x200000", "size": 4096,
                                 "async": true},
                                {"op": "vm_sync", "vm": "vm", "signal": [{"syncobj": "t", "point": 2}]},
                                {"op": "syncobj_query", "syncobj": "t", "last_submitted": true,
                                 "expect_point": 2},
                                {"op": "syncobj_wait", "syncobj": "t", "point": 2},
                                {"op": "vm_get_state", "vm": "vm", "expect": "usable"},
                                {"op": "close", "file": "dev"},
                                {"op": "sleep", "for": "200ms"}
                                """);
        List<VmMap> maps =
                of(events, VmMap.class).stream()
                        .filter(m -> m.va() >> 12 == 0x200 || m.va() >> 12 == 0x201)
                        .toList();
        assertEquals(List.of(0x200000L, 0x201000L), maps.stream().map(VmMap::va).toList());
        assertEquals(
                4,
                of(events, VmBindJob.class).stream()
                        .filter(j -> j.step() == JobStep.FREED)
                        .count());
        assertTrue(
                of(events, Resv.class).stream().anyMatch(r -> r.owner().startsWith("bo:")),
                "the external object got the fence");
        assertEquals(of(events, VmDestroy.class).size(), of(events, VmFree.class).size());
        assertEquals(List.of(), leftFences(events));
    }

    @Test
    void anAsynchronousErrorMakesTheAddressSpaceUnusable() throws IOException, ScenarioException {
        List<TraceEvent> events =
                run(
                        "p:"
                                + """
                                {"op": "open", "name": "dev"},
                                {"op": "vm_create", "name": "vm"},
                                {"op": "bo_create", "name": "a", "size": 8192},
                                {"op": "syncobj_create", "name": "s"},
                                {"op": "vm_bind", "vm": "vm", "bo": "a", "va": "0x200000"},
                                {"op": "vm_bind", "vm": "vm", "bo": "a", "va": "0x1000000000000",
                                 "async": true, "signal": [{"syncobj": "s"}]},
                                {"op": "syncobj_wait", "syncobj": "s"},
                                {"op": "vm_get_state", "vm": "vm", "expect": "unusable"},
                                {"op": "vm_bind", "vm": "vm", "bo": "a", "va": "0x300000", "async": true,
                                 "expect_errno": "EINVAL"},
                                {"op": "vm_bind", "vm": "vm", "bo": "a", "va": "0x300000",
                                 "expect_errno": "EINVAL"},
                                {"op": "vm_unbind", "vm": "vm", "va": "0x200000", "size": 8192},
                                {"op": "vm_destroy", "vm": "vm"}
                                """);
        assertEquals(1, of(events, VmUnusable.class).size());
        assertTrue(
                of(events, Fence.class).stream()
                        .anyMatch(f ->
                                f.step() == FenceStep.SIGNALED
                                        && f.timeline().equals("panthor-vm-bind")
                                        && Integer.valueOf(-22).equals(f.error())));
    }

    @Test
    void queuedBindsOutliveTheDestructionOfTheirAddressSpace()
            throws IOException, ScenarioException {
        List<TraceEvent> events =
                run(
                        "p:"
                                + SET_UP
                                + """
                                {"op": "bo_create", "name": "a", "size": 4096},
                                {"op": "syncobj_create", "name": "go"},
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "signal": [{"syncobj": "go"}]},
                                {"op": "vm_bind", "vm": "vm", "bo": "a", "va": "0x200000", "async": true,
                                 "wait": [{"syncobj": "go"}]},
                                {"op": "bo_close", "bo": "a"},
                                {"op": "vm_destroy", "vm": "vm"},
                                {"op": "group_destroy", "group": "g"},
                                {"op": "sleep", "for": "200ms"}
                                """);
        int destroyed = events.indexOf(of(events, VmDestroy.class).getFirst());
        int freed = events.indexOf(of(events, VmFree.class).getFirst());
        VmBindJob done =
                of(events, VmBindJob.class).stream()
                        .filter(j -> j.step() == JobStep.DONE)
                        .findFirst()
                        .orElseThrow();
        assertTrue(destroyed < events.indexOf(done) && events.indexOf(done) < freed);
        assertEquals(0, done.error());
        assertTrue(
                of(events, BoDestroy.class).stream()
                        .anyMatch(b -> Integer.valueOf(b.bo()).equals(done.bo())));
    }

    @Test
    void aBufferObjectIsTheSameInEveryProcessThatImportedIt()
            throws IOException, ScenarioException {
        List<TraceEvent> events =
                run(
                        "owner:"
                                + SET_UP
                                + """
                                {"op": "bo_create", "name": "shared", "size": 4096},
                                {"op": "bo_create", "name": "own", "size": 4096, "vm": "vm"},
                                {"op": "vm_bind", "vm": "vm", "bo": "shared", "va": "0x200000"},
                                {"op": "mmap_bo", "bo": "shared"},
                                {"op": "sync_object", "name": "S", "bo": "shared", "vm": "vm"},
                                {"op": "bo_export", "bo": "own", "as": "X", "expect_errno": "EINVAL"},
                                {"op": "bo_export", "bo": "shared", "as": "B"},
                                {"op": "syncobj_create", "name": "done"},
                                {"op": "group_submit", "group": "g", "stream": "code",
                                 "signal": [{"syncobj": "done"}]},
                                {"op": "wait_sync", "sync": "S", "greater_than": 4, "timeout": "1s"},
                                {"op": "bo_close", "bo": "shared"},
                                {"op": "export_close", "from": "B"},
                                {"op": "close", "file": "dev"},
                                {"op": "sleep", "for": "100ms"}
                                """,
                        "guest:"
                                + """
                                {"op": "open", "name": "dev"},
                                {"op": "vm_create", "name": "vm"},
                                {"op": "bo_import", "from": "B", "name": "theirs"},
                                {"op": "bo_import", "from": "B", "name": "again"},
                                {"op": "vm_bind", "vm": "vm", "bo": "theirs", "va": "0x700000"},
                                {"op": "mmap_bo", "bo": "theirs"},
                                {"op": "sync_object", "name": "S", "bo": "theirs", "vm": "vm"},
                                {"op": "sleep", "for": "1ms"},
                                {"op": "sync_store", "sync": "S", "value": 5},
                                {"op": "sleep", "for": "300ms"},
                                {"op": "close", "file": "dev"}
                                """);
        assertTrue(
                of(events, BoHandle.class).stream()
                        .anyMatch(h -> h.handles().matches("1\\.\\d 2\\.1|2\\.\\d 1\\.1")));
    }

    @Test
    void importingWhatNobodyExportsIsFoundBeforeTheRun() {
        ScenarioException wrong =
                assertThrows(
                        ScenarioException.class,
                        () ->
                                run(
                                        "p:"
                                                + """
                                                {"op": "open", "name": "dev"},
                                                {"op": "bo_import", "from": "B", "name": "b"}
                                                """));
        assertTrue(String.valueOf(wrong.getMessage()).contains("no step exports anything as"));
    }

    @Test
    void mainlineNamesItsBufferObjects() throws IOException, ScenarioException {
        runWith(
                "{\"driver.profile\": \"mainline-2026\", \"driver.uapi\": \"mainline\"}",
                "p:"
                        + """
                        {"op": "open", "name": "dev"},
                        {"op": "bo_create", "name": "a", "size": 8192},
                        {"op": "bo_set_label", "bo": "a", "label": "vertices"},
                        {"op": "bo_sync", "bo": "a", "invalidate": true},
                        {"op": "bo_sync", "bo": "a", "offset": 8192, "size": 1,
                         "expect_errno": "EINVAL"},
                        {"op": "dev_query", "type": "gpu_info"},
                        {"op": "dev_query", "type": "timestamp_info"},
                        {"op": "dev_query", "type": "group_priorities_info"},
                        {"op": "dev_query", "type": "mmu_info"},
                        {"op": "bo_close", "bo": "a"}
                        """);
    }
}
