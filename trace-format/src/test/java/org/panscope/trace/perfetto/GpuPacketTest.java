package org.panscope.trace.perfetto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.trace.perfetto.Pftrace.clocks;
import static org.panscope.trace.perfetto.Pftrace.packet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// What GPU drivers and layers tell.
class GpuPacketTest {
    private static final long GPU_CLOCK = 0x8765_4321L;
    private static final long DEVICE = 0x7f00_1234_5678L;

    private static Proto specification(long iid, String name) {
        return Proto.message().number(1, iid).text(2, name);
    }

    private static Proto extra(String name, String value) {
        return Proto.message().text(1, name).text(2, value);
    }

    private static List<@Nullable Object> values(Event event, String... fields) {
        return Arrays.stream(fields).<@Nullable Object>map(event::value).toList();
    }

    private static String track(MemoryTrace trace, Event event) {
        return trace.tracks().get(event.header().track()).name();
    }

    /// As panvk writes them: in the GPU's clock, late and out of order, names interned.
    @Test
    void renderStagesOfPanvkShowQueuesStagesAndSyncObjects() throws IOException {
        Proto interned =
                Proto.message()
                        .message(24, specification(1, "vkcube-queue-0"))
                        .message(24, specification(2, "SYNC_WAIT"))
                        .message(24, specification(1L << 32, "my label"))
                        .message(
                                23, Proto.message().number(1, DEVICE).number(2, 1234).number(3, 2));
        Proto sync =
                Proto.message()
                        .number(1, 7)
                        .number(2, 2500)
                        .number(13, 1)
                        .number(14, 2)
                        .number(5, DEVICE)
                        .number(11, 0)
                        .number(10, 3)
                        .number(12, 0xabcd)
                        .message(6, extra("sync_addr", "0x7fff01000040"))
                        .message(6, extra("sync_val", "18"))
                        .message(6, extra("cond", "le"));
        Proto labelled = Proto.message().number(1, 8).number(13, 1).number(14, 1L << 32);
        Proto defaults = Proto.message().number(58, GPU_CLOCK);
        MemoryTrace trace =
                new Pftrace()
                        .add(clocks(1, 6, 1_000_000, 5, 500_000))
                        .add(clocks(2, 5, 500_000, GPU_CLOCK, 100))
                        .add(
                                packet(3, 0)
                                        .number(13, Pftrace.CLEARED)
                                        .message(12, interned)
                                        .message(59, defaults))
                        .add(packet(3, 300).number(13, Pftrace.NEEDED).message(53, labelled))
                        .add(packet(3, 200).number(13, Pftrace.NEEDED).message(53, sync))
                        .read();
        Event first = trace.events().getFirst();
        assertEquals(1_000_100L, first.timeNs() + trace.header().originNs());
        assertEquals("gpu_render_stage_event", first.type().name());
        assertEquals("vkcube-queue-0", track(trace, first));
        assertEquals(
                List.of("vkcube-queue-0", "SYNC_WAIT", 2500L, DEVICE, 3L, 0xabcdL),
                values(
                        first,
                        "queue",
                        "stage",
                        "duration",
                        "context",
                        "submission_id",
                        "command_buffer_handle"));
        assertEquals(
                List.of(0x7fff_0100_0040L, 18L, "le"),
                values(first, "sync_addr", "sync_val", "cond"));
        assertEquals(
                Unit.HEX, first.type().fields().get(first.type().fieldIndex("sync_addr")).unit());
        assertEquals(1234, first.header().pid());
        assertEquals("my label", trace.events().get(1).value("stage"));
        assertEquals(List.of(), trace.losses());
    }

    @Test
    void queuesAndStagesOfOlderWritersComeFromTheirLists() throws IOException {
        Proto lists =
                Proto.message()
                        .message(2, Proto.message().text(1, "queue A"))
                        .message(2, Proto.message().text(1, "queue B"))
                        .message(3, Proto.message().text(1, "binning"));
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(1, 5).message(53, Proto.message().message(7, lists)))
                        .add(packet(1, 6).message(53, Proto.message().number(3, 1).number(4, 0)))
                        .read();
        assertEquals(1, trace.events().size());
        assertEquals(
                List.of("queue B", "binning"), values(trace.events().getFirst(), "queue", "stage"));
        // What only describes is no event, and time does not begin with it.
        assertEquals(6, trace.header().originNs());
    }

    @Test
    void countersHaveTheNamesTheirWriterDescribedThemBy() throws IOException {
        Proto descriptor =
                Proto.message()
                        .message(1, Proto.message().number(1, 4).text(2, "Fragment active"))
                        .message(1, Proto.message().number(1, 5).text(2, "Load"));
        Proto values =
                Proto.message()
                        .message(2, Proto.message().number(1, 4).number(2, 123))
                        .message(2, Proto.message().number(1, 5).real(3, 0.5))
                        .number(3, 0);
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(1, 5).message(52, Proto.message().message(1, descriptor)))
                        .add(packet(1, 6).message(52, values))
                        .read();
        assertEquals(2, trace.events().size());
        assertEquals(6, trace.header().originNs());
        assertEquals(
                List.of("Fragment active", 123L, 0L),
                values(trace.events().get(0), "name", "value", "gpu_id"));
        assertEquals("Load", track(trace, trace.events().get(1)));
        assertEquals("0.5", trace.events().get(1).value("value"));
    }

    @Test
    void memoryTotalsAreLikeThoseOfTheKernel() throws IOException {
        Proto total = Proto.message().number(1, 0).number(2, 40).number(3, 1 << 20);
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(1, 5).message(71, total))
                        .add(Pftrace.bundle(0, Pftrace.event(6, 1, 340, total)))
                        .read();
        assertEquals(trace.events().get(0).type(), trace.events().get(1).type());
        assertEquals(1L << 20, trace.events().get(0).value("size"));
    }

    @Test
    void logLinesAndVulkanCallsAreEvents() throws IOException {
        Proto log = Proto.message().number(1, 3).text(2, "panvk").text(3, "device lost");
        Proto object =
                Proto.message()
                        .number(1, 40)
                        .number(2, DEVICE)
                        .number(3, 6)
                        .number(4, 0x55)
                        .text(5, "shadow pass");
        Proto submit =
                Proto.message()
                        .number(1, 900)
                        .number(2, 40)
                        .number(3, 41)
                        .number(4, 0x77)
                        .number(6, 3);
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(1, 5).message(63, log))
                        .add(packet(1, 6).message(65, Proto.message().message(1, object)))
                        .add(packet(1, 7).message(65, Proto.message().message(2, submit)))
                        .read();
        assertEquals(
                List.of("gpu_log", "vk_debug_utils_object_name", "vk_queue_submit"),
                trace.events().stream().map(event -> event.type().name()).toList());
        assertEquals(
                List.of("warning", "panvk", "device lost"),
                values(trace.events().get(0), "severity", "tag", "log_message"));
        assertEquals("shadow pass", trace.events().get(1).value("object_name"));
        assertEquals(
                List.of(900L, 0x77L, 3L),
                values(trace.events().get(2), "duration_ns", "vk_queue", "submission_id"));
        assertEquals(41, trace.events().get(2).header().pid());
    }
}
