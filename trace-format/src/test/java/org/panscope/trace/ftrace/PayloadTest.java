package org.panscope.trace.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.List;
import java.util.Map;

class PayloadTest {
    private static Map<String, @Nullable Object> fieldsOf(String line) {
        return Captures.fields(Captures.event(line));
    }

    @Test
    void firstGenerationOfJobsHasPointersAndRingIds() {
        assertEquals(
                Map.of(
                        "entity", 0xffff888100000001L,
                        "fence", 0xffff888100000002L,
                        "name", "panthor-queue",
                        "id", 7L,
                        "job_count", 0L,
                        "hw_job_count", -1L),
                fieldsOf(
                        "drm_run_job: entity=0xffff888100000001, id=7, fence=0xffff888100000002,"
                                + " ring=panthor-queue, job count:0, hw job count:-1"));
        assertEquals(
                0x0000000012345678L,
                fieldsOf("drm_sched_process_job: fence=0000000012345678 signaled").get("fence"));
        assertEquals(
                Map.of(
                        "name", "panthor-vm-bind",
                        "id", 3L,
                        "fence", 0xabcdef12L,
                        "ctx", 5000000000L,
                        "seqno", 9L),
                fieldsOf(
                        "drm_sched_job_wait_dep: job ring=panthor-vm-bind, id=3, depends"
                                + " fence=00000000abcdef12, context=5000000000, seq=9"));
    }

    @Test
    void hiddenPointerIsAbsentNotZero() {
        Event job =
                Captures.event(
                        "drm_sched_job: entity=(____ptrval____), id=1, fence=(____ptrval____),"
                                + " ring=mock-queue-1, job count:0, hw job count:0");

        assertEquals("mock-queue-1", job.value("name"));
        assertEquals(1L, job.value("id"));
        assertNull(job.value("entity"));
        assertNull(job.value("fence"));
        assertEquals(-1, job.type().fieldIndex("payload"));
    }

    @Test
    void draftGenerationOfJobsNamesFencesInWords() {
        Map<String, @Nullable Object> queued =
                fieldsOf(
                        "drm_sched_job: id=51757, fence=(context:7914, seqno:920), ring=gfx_0.0.0,"
                                + " job count:0, hw job count:1, dependencies:{}");
        assertEquals(7914L, queued.get("fence_context"));
        assertEquals(920L, queued.get("fence_seqno"));
        assertEquals("{}", queued.get("dependencies"));
        assertEquals("gfx_0.0.0", queued.get("name"));
        assertEquals(51757L, queued.get("id"));
        Map<String, @Nullable Object> run =
                fieldsOf(
                        "drm_run_job: dev=0000:0e:00.0, id=328, fence=(context:8442, seqno:145),"
                                + " ring=gfx_0.0.0, job count:0, hw job count:1");
        assertEquals("0000:0e:00.0", run.get("dev"));
        assertEquals(8442L, run.get("fence_context"));
        assertEquals(
                Map.of("fence_context", 664L, "fence_seqno", 17100L),
                fieldsOf("drm_sched_process_job: fence=(context:664, seqno:17100) signaled"));
    }

    @Test
    void amdgpuHasItsOwnNames() {
        assertEquals(
                Map.of(
                        "sched_job", 9L,
                        "timeline", "gfx_0.0.0",
                        "context", 7L,
                        "seqno", 3L,
                        "ring", "gfx",
                        "num_ibs", 2L),
                fieldsOf(
                        "amdgpu_cs_ioctl: sched_job=9, timeline=gfx_0.0.0, context=7, seqno=3,"
                                + " ring_name=gfx, num_ibs=2"));
        assertEquals(
                "sdma0",
                fieldsOf(
                                "amd_sched_job: entity=0xa, sched job=0xb, fence=0xc, ring=sdma0,"
                                        + " job count:1, hw job count:0")
                        .get("name"));
    }

    @Test
    void panthorEventsHaveTheDeviceBeforeTheirFields() {
        Event irq =
                Captures.event("gpu_job_irq: fb000000.gpu: events=0x80000003 duration_ns=12000");

        assertEquals(Layer.KERNEL, irq.type().layer());
        assertEquals(
                Map.of("dev_name", "fb000000.gpu", "events", 0x80000003L, "duration_ns", 12000L),
                Captures.fields(irq));
        assertEquals(
                Map.of(
                        "dev_name", "fb000000.gpu",
                        "shader_bitmap", 0x50005L,
                        "tiler_bitmap", 1L,
                        "l2_bitmap", 0L),
                fieldsOf(
                        "gpu_power_status: fb000000.gpu: shader_bitmap=0x50005 tiler_bitmap=0x1"
                                + " l2_bitmap=0x0"));
        assertEquals(Layer.HOST, Captures.event("gpu_job_irq: something=else").type().layer());
    }

    @Test
    void switchesComeInTheKernelsStyleAndInThePlugins() {
        Map<String, Object> expected =
                Map.of(
                        "prev_comm", "a b:1",
                        "prev_pid", 12L,
                        "prev_prio", 120L,
                        "prev_state", "S|K+",
                        "next_comm", "swapper/0",
                        "next_pid", 0L,
                        "next_prio", -1L);
        assertEquals(
                expected,
                fieldsOf(
                        "sched_switch: prev_comm=a b:1 prev_pid=12 prev_prio=120 prev_state=S|K+"
                                + " ==> next_comm=swapper/0 next_pid=0 next_prio=-1"));
        assertEquals(expected, fieldsOf("sched_switch: a b:1:12 [120] S|K+ ==> swapper/0:0 [-1]"));
    }

    @Test
    void wakeUpsComeInTheKernelsStyleAndInThePlugins() {
        Map<String, Object> expected =
                Map.of("comm", "irq/33-panthor-", "pid", 99L, "prio", 49L, "target_cpu", 3L);
        assertEquals(
                expected,
                fieldsOf("sched_waking: comm=irq/33-panthor- pid=99 prio=49 target_cpu=003"));
        assertEquals(expected, fieldsOf("sched_wakeup: irq/33-panthor-:99 [49]<CPU:003>"));
        assertEquals(expected, fieldsOf("sched_wakeup: irq/33-panthor-:99 [49] CPU:003"));
        assertEquals(
                1L,
                fieldsOf("sched_wakeup: irq/33-panthor-:99 [49] success=1 CPU:003").get("success"));
    }

    @Test
    void interruptsAndTheirOutcome() {
        assertEquals(
                Map.of("irq", 33L, "name", "fb000000.gpu panthor-job"),
                fieldsOf("irq_handler_entry: irq=33 name=fb000000.gpu panthor-job"));
        assertEquals(
                Map.of("irq", 33L, "ret", 0L), fieldsOf("irq_handler_exit: irq=33 ret=unhandled"));
        assertEquals(
                Map.of("vec", 9L, "action", "RCU"), fieldsOf("softirq_entry: vec=9 [action=RCU]"));
    }

    @Test
    void workItemsMayHaveSymbolsAndModules() {
        assertEquals(
                Map.of(
                        "work", 0xab12cd34L,
                        "function", "process_fw_events_work [panthor]",
                        "workqueue", "panthor-csf-sched",
                        "req_cpu", -1L,
                        "cpu", 4L),
                fieldsOf(
                        "workqueue_queue_work: work struct=00000000ab12cd34"
                                + " function=process_fw_events_work [panthor]"
                                + " workqueue=panthor-csf-sched req_cpu=-1 cpu=4"));
        assertEquals(
                Map.of("work", 0xab12cd34L, "function", "tick_work [panthor]"),
                fieldsOf(
                        "workqueue_execute_start: work struct 00000000ab12cd34: function tick_work"
                                + " [panthor]"));
        assertEquals(
                Map.of("work", 0xab12cd34L),
                fieldsOf("workqueue_activate_work: work struct 00000000ab12cd34"));
    }

    @Test
    void clocksAndMemory() {
        assertEquals(
                Map.of(
                        "dev_name", "fb000000.gpu",
                        "freq", 800000000L,
                        "prev_freq", 300000000L,
                        "load", 97L),
                fieldsOf(
                        "devfreq_frequency: dev_name=fb000000.gpu                   "
                                + " freq=800000000    prev_freq=300000000    load=97"));
        assertEquals(
                Map.of("gpu_id", 0L, "state", 800000L),
                fieldsOf("gpu_frequency: gpu_id=0 state=800000"));
        assertEquals(
                Map.of("gpu_id", 0L, "pid", 77L, "size", 4096L),
                fieldsOf("gpu_mem_total: gpu_id=0 pid=77 size=4096"));
        assertEquals(
                Map.of(
                        "name", "fb000000.gpu",
                        "flags", 0xeL,
                        "usage_count", 1L,
                        "disable_depth", 0L,
                        "runtime_auto", 1L,
                        "request_pending", 0L,
                        "irq_safe", 0L,
                        "child_count", 0L),
                fieldsOf(
                        "rpm_suspend: fb000000.gpu flags-e cnt-1  dep-0  auto-1 p-0 irq-0"
                                + " child-0"));
    }

    @Test
    void unknownEventsAreSplitAtTheirKeys() {
        Event event =
                Captures.event("brand_new: a=1, b=0x10 c=x y d=-3 a=4 e=18446744073709551615");

        assertEquals(
                Map.of(
                        "a", 1L,
                        "b", 16L,
                        "c", "x",
                        "d", -3L,
                        "a_2", 4L,
                        "e", -1L,
                        "payload", "a=1, b=0x10 c=x y d=-3 a=4 e=18446744073709551615"),
                Captures.fields(event));
        assertEquals(Unit.HEX, field(event, "b").unit());
        assertEquals(true, field(event, "d").signed());
        assertEquals(false, field(event, "e").signed());
    }

    @Test
    void explainedPayloadIsNotKeptTwice() {
        assertEquals(
                Map.of("alpha", 1L, "comm", "12", "big", "123456789012345678901234"),
                fieldsOf("brand_new: alpha=1 comm=12 big=123456789012345678901234"));
        assertEquals(Map.of(), fieldsOf("brand_new: "));
        assertEquals(Map.of("payload", "just words"), fieldsOf("brand_new: just words"));
    }

    @Test
    void knownNameWithAnUnknownShapeIsSplitToo() {
        assertEquals(
                Map.of("context", 3L, "weight", 4L),
                fieldsOf("dma_fence_init: context=3 weight=4"));
    }

    @Test
    void oneNameMayHaveSeveralShapes() {
        Event plain = Captures.event("print: hello");
        Event marker = Captures.event("print: tracing_mark_write: psm1 ins g=1 q=0 v=0x40");

        assertEquals(Map.of("buf", "hello"), Captures.fields(plain));
        assertEquals(Layer.HOST, plain.type().layer());
        assertEquals("tracing_mark_write", marker.value("ip"));
        assertEquals(64L, marker.value("v"));
        assertEquals(Layer.USER, marker.type().layer());
    }

    @Test
    void rawMarkersShowTheirCallerInSeveralWays() {
        Map<String, Object> expected = Map.of("ip", 0xffffffff89122746L, "buf", "a buf=b");
        assertEquals(expected, fieldsOf("print: ip= (0xffffffff89122746) buf=a buf=b"));
        assertEquals(expected, fieldsOf("print: ip=0xffffffff89122746 buf=a buf=b"));
        assertEquals(
                expected,
                fieldsOf("print: ip=0xffffffff89122746 (18446744071714252614) buf=a buf=b"));
        assertEquals(
                Map.of("ip", "tracing_mark_write (0x10)", "buf", "x"),
                fieldsOf("print: ip=tracing_mark_write (0x10) buf=x"));
        assertEquals(Map.of("buf", "ip=home buf=x"), fieldsOf("tracing_mark_write: ip=home buf=x"));
    }

    @Test
    void keyOfAMarkerNeverHidesAFieldOfTheEvent() {
        Event event = Captures.event("print: 0xff: psm1 rbw g=1 q=2 at=0 n=64 crc=11 ip=0x99");

        assertEquals(0xffL, event.value("ip"));
        assertEquals(0x99L, event.value("psm1_ip"));
        assertEquals("11", event.value("crc"));
        assertEquals(
                List.of("ip", "buf", "verb", "g", "q", "at", "n", "crc", "psm1_ip"),
                event.type().fields().stream().map(FieldInfo::name).toList());
    }

    @Test
    void functionTracerLinesAndTracersOwnLinesAreEvents() {
        assertEquals(
                Map.of("ip", "mutex_unlock", "parent_ip", "rb_simple_write"),
                fieldsOf("mutex_unlock <-rb_simple_write"));
        assertEquals("function", Captures.event("a <-b").type().name());
        assertEquals("unnamed", Captures.event("   0:120:R ==> [000]").type().name());
        Event stack =
                Captures.text(
                                "  a-1     [000] .....     1.000000: <stack trace>",
                                " => schedule",
                                " => do_idle")
                        .events()
                        .getFirst();
        assertEquals("kernel_stack", stack.type().name());
        assertEquals("<stack trace>\n => schedule\n => do_idle", stack.value("payload"));
    }

    private static FieldInfo field(Event event, String name) {
        return event.type().fields().get(event.type().fieldIndex(name));
    }
}
