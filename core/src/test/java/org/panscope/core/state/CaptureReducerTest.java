package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.List;
import java.util.Objects;

/// States of captures: the kernel's own events under their own names.
class CaptureReducerTest {
    private static final EventHeader ON_CPU_1 =
            new EventHeader(5, 0, -1, false, 1, 77, "kworker/u8:1", null, null);

    @Test
    void fencesComeFromDmaFenceEventsAndKeepTheirNames() {
        StateScript trace = new StateScript();
        fence(trace, "dma_fence:dma_fence_init", "panthor", 24, 1);
        fence(trace, "dma_fence_signaled", "panthor", 24, 1);
        assertEquals(true, value(trace, "fence:24:1", "signaled"));
        fence(trace, "dma_fence_wait_start", "detached-driver", 24, 1);
        assertEquals("panthor", value(trace, "fence:24:1", "driver"));
        assertEquals("fence:24:1", value(trace, "thread:77", "waits_for"));
        fence(trace, "dma_fence_destroy", "detached-driver", 24, 1);
        assertNull(trace.end().object(ObjectId.fence(24, 1)));
        assertEquals(0, trace.end().anomalyCount());
    }

    @Test
    void jobsAreNamedByTheirFinishedFence() {
        StateScript trace = new StateScript();
        trace.add(ON_CPU_1, job("drm_sched_job_queue"), 45L, 7L, "panthor-queue-12-1-0");
        trace.add(
                ON_CPU_1,
                type("drm_sched_job_unschedulable", "fence_context", "fence_seqno", "ctx", "seqno"),
                45L,
                7L,
                24L,
                1L);
        assertEquals("fence:24:1", value(trace, "job:45:7", "waits_for"));
        trace.add(ON_CPU_1, job("drm_sched_job_run"), 45L, 7L, "panthor-queue-12-1-0");
        assertEquals("run", value(trace, "job:45:7", "step"));
        assertNull(value(trace, "job:45:7", "waits_for"));
        assertEquals("panthor-queue-12-1-0", value(trace, "job:45:7", "ring"));
    }

    @Test
    void textFencesNameJobsToo() {
        EventTypeInfo done =
                EventTypeInfo.dynamic(
                        "gpu_scheduler:drm_sched_job_done",
                        Layer.FENCE,
                        List.of(FieldInfo.dynamic("fence", FieldKind.TEXT, Unit.NONE, false)));
        StateScript trace = new StateScript().add(ON_CPU_1, done, "45:8");
        assertEquals("done", value(trace, "job:45:8", "step"));
        trace.add(ON_CPU_1, done, "(____ptrval____)");
        assertEquals(1, trace.end().ofKind("job").size());
    }

    @Test
    void interruptsAndSwitchesShowOnTheirCpu() {
        StateScript trace = new StateScript();
        trace.add(ON_CPU_1, type("irq:irq_handler_entry", "irq"), 92L);
        assertEquals("entry", value(trace, "irq:92", "handler"));
        trace.add(ON_CPU_1, type("irq:irq_handler_exit", "irq"), 92L);
        assertEquals("idle", value(trace, "irq:92", "handler"));
        trace.add(ON_CPU_1, type("sched:sched_switch", "prev_pid", "next_pid"), 77L, 78L);
        assertEquals(78L, value(trace, "cpu:1", "thread"));
        assertEquals(true, value(trace, "thread:78", "running"));
        assertEquals(false, value(trace, "thread:77", "running"));
    }

    @Test
    void translatedEventsCountAsTheEventTheyCameFrom() {
        StateScript trace = new StateScript().add(ON_CPU_1, type("print", "ip"), 1L);
        StateBuilder state = new StateBuilder();
        new Reducer(event -> List.of(Events.insert(64))).apply(state, trace.event(0));
        Cell insert =
                Objects.requireNonNull(
                        Objects.requireNonNull(state.snapshot().object(Events.QUEUE))
                                .get(Belief.APPLICATION, "insert"));
        assertEquals(new Cell(64L, Unit.BYTES, 0), insert);
        assertEquals(1, state.position());
    }

    @Test
    void eventsNobodyKnowsOnlyMoveTheCursor() {
        StateScript trace =
                new StateScript().add(EventHeader.at(9, 0), type("kvm:kvm_exit", "x"), 1L);
        assertEquals(1, trace.end().position());
        assertTrue(trace.end().objects().isEmpty());
    }

    private static void fence(
            StateScript trace, String name, String driver, long context, long seqno) {
        EventTypeInfo type =
                EventTypeInfo.dynamic(
                        name,
                        Layer.FENCE,
                        List.of(
                                FieldInfo.dynamic("driver", FieldKind.TEXT, Unit.NONE, false),
                                FieldInfo.dynamic("timeline", FieldKind.TEXT, Unit.NONE, false),
                                FieldInfo.dynamic("context", FieldKind.INT, Unit.ID, false),
                                FieldInfo.dynamic("seqno", FieldKind.INT, Unit.ID, false)));
        trace.add(ON_CPU_1, type, driver, "queue-fence", context, seqno);
    }

    private static EventTypeInfo job(String name) {
        return EventTypeInfo.dynamic(
                name,
                Layer.FENCE,
                List.of(
                        FieldInfo.dynamic("fence_context", FieldKind.INT, Unit.ID, false),
                        FieldInfo.dynamic("fence_seqno", FieldKind.INT, Unit.ID, false),
                        FieldInfo.dynamic("name", FieldKind.TEXT, Unit.NONE, false)));
    }

    private static EventTypeInfo type(String name, String... numbers) {
        return EventTypeInfo.dynamic(
                name,
                Layer.HOST,
                List.of(numbers).stream()
                        .map(field -> FieldInfo.dynamic(field, FieldKind.INT, Unit.ID, false))
                        .toList());
    }

    private static @Nullable Object value(StateScript trace, String id, String quantity) {
        ObjectState object = trace.end().object(ObjectId.parse(id));
        Cell cell = object == null ? null : object.get(Belief.KERNEL, quantity);
        return cell == null ? null : cell.value();
    }
}
