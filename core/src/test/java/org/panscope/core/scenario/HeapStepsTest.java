package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.TilerHeapCreateArgs;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.MemoryEvent.MemWrite;
import org.panscope.trace.event.MemoryEvent.MemoryWriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/// Tiler heaps in scenarios; the invariant is checked at every event.
class HeapStepsTest {
    private static final String HEAP =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "tiler_heap_create", "name": "heap", "vm": "vm", "initial_chunk_count": 2,
             "chunk_size": "0x20000", "max_chunks": 3, "target_in_flight": 4},
            """;

    private final EventLog log = new EventLog();

    private ScenarioResult run(String steps) {
        return Runs.text(
                """
                {"name": "t", "processes": [{"name": "p", "threads": [{"name": "m", "steps": [%s]}]}]}
                """
                        .formatted(steps),
                Map.of(),
                log);
    }

    @Test
    void codeGetsTheAddressesTheKernelAnswered() {
        ScenarioResult result =
                run(
                        HEAP
                                + """
                                {"op": "bo_create", "name": "cmd", "size": 4096},
                                {"op": "mmap_bo", "bo": "cmd"},
                                {"op": "bo_write", "bo": "cmd", "code":
                                 ["${heap}", "${heap.first_chunk+0x40}", "MOVE48 d66, #${heap}", "HEAP_SET d66"]},
                                {"op": "tiler_heap_destroy", "heap": "heap"},
                                {"op": "tiler_heap_destroy", "heap": "heap", "expect_errno": "EINVAL"},
                                {"op": "close"}
                                """);
        assertEquals(List.of(), result.failures());
        ByteBuffer answer = created();
        long context = answer.getLong(TilerHeapCreateArgs.TILER_HEAP_CTX_GPU_VA);
        ByteBuffer code =
                ByteBuffer.wrap(
                                log.of(MemWrite.class).stream()
                                        .filter(write -> write.by() == MemoryWriter.USER)
                                        .findFirst()
                                        .orElseThrow()
                                        .data())
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(context, code.getLong(0));
        assertEquals(
                answer.getLong(TilerHeapCreateArgs.FIRST_HEAP_CHUNK_GPU_VA) + 0x40,
                code.getLong(8));
        assertEquals(0x0142L << 48 | context, code.getLong(16));
    }

    @Test
    void aHeapHasNoCodeSize() {
        ScenarioResult result =
                run(
                        HEAP
                                + """
                                {"op": "bo_create", "name": "cmd", "size": 4096},
                                {"op": "mmap_bo", "bo": "cmd"},
                                {"op": "bo_write", "bo": "cmd", "code": ["${heap.code_size}"]}
                                """);
        assertEquals(1, result.failures().size());
        assertTrue(result.failures().getFirst().contains("no code_size"));
    }

    @Test
    void anotherThreadsHeapIsWaitedFor() {
        ScenarioResult result =
                Runs.text(
                        """
                        {"name": "t", "processes": [{"name": "p", "threads": [
                          {"name": "maker", "steps": [{"op": "sleep", "for": "1ms"}, %s {"op": "mark", "text": "made"}]},
                          {"name": "user", "steps": [{"op": "tiler_heap_destroy", "heap": "heap"}]}]}]}
                        """
                                .formatted(HEAP),
                        Map.of(),
                        log);
        assertEquals(List.of(), result.failures());
    }

    @Test
    void aRefusedHeapIsToldAsAnyOtherIoctl() {
        ScenarioResult result = run(HEAP.replace("\"max_chunks\": 3", "\"max_chunks\": 1"));
        assertEquals(1, result.failures().size());
        assertTrue(result.failures().getFirst().contains("tiler_heap_create: answered -EINVAL"));
    }

    private ByteBuffer created() {
        byte[] args =
                log.of(IoctlExit.class).stream()
                        .filter(exit -> exit.name().equals(Ioctl.TILER_HEAP_CREATE.name()))
                        .findFirst()
                        .orElseThrow()
                        .args();
        return ByteBuffer.wrap(args).order(ByteOrder.LITTLE_ENDIAN);
    }
}
