package org.panscope.core.kernel.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

class TracepointSetTest {
    private static long size(String glob) {
        TracepointSet set = TracepointSet.of(List.of(glob));
        return Arrays.stream(Tracepoint.values()).filter(set::contains).count();
    }

    @ParameterizedTest
    @CsvSource({
        "dma_fence, 4",
        "dma_fence:*, 4",
        "dma_fence:dma_fence_init, 1",
        "dma_fence_init, 1",
        "*:*_handler_*, 2",
        "irq_handler_e?it, 1",
        "gpu_scheduler:drm_sched_job*, 7",
        "raw_syscalls, 2",
        "panthor, 2"
    })
    void globNamesSoMany(String glob, long tracepoints) {
        assertEquals(tracepoints, size(glob));
    }

    @Test
    void allIsEverything() {
        assertEquals(Tracepoint.values().length, size("all"));
        assertEquals(Tracepoint.values().length, size("*"));
        assertEquals(Tracepoint.values().length, size("*:*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dma_fences", "dma_fence:", ":", "gpu_scheduler:dma_*", "al"})
    void wordThatNamesNothingIsRefused(String glob) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TracepointSet.of(List.of("irq", glob)));
        assertEquals(
                "\""
                        + glob
                        + "\" names no tracepoint; there are dma_fence, gpu_scheduler, irq,"
                        + " panthor, raw_syscalls, rpm, sched, workqueue, all",
                refused.getMessage());
    }

    @Test
    void sameWordsAreKeptOnce() {
        TracepointSet both =
                TracepointSet.of(List.of("irq", "rpm"))
                        .with(TracepointSet.of(List.of("rpm", "sched")));
        assertEquals(List.of("irq", "rpm", "sched"), both.globs());
    }
}
