package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class CaptureTracksTest {
    private static String line(int cpu, int pid, String event) {
        return "     umd-client0-%d   [%03d] .....    17.000000: %s".formatted(pid, cpu, event);
    }

    private static String fence(String step, String driver, String timeline, long context) {
        return line(
                0,
                1,
                "dma_fence_%s: driver=%s timeline=%s context=%d seqno=1"
                        .formatted(step, driver, timeline, context));
    }

    @Test
    void everyEventOfTheSampleStandsWhereItBelongs() {
        CapturedTrace trace = CapturedTrace.sample();
        Map<String, Integer> counts = new TreeMap<>();
        for (Event event : trace.events()) {
            String lane = trace.lane(event);
            String family = event.type().name().replaceAll("^(dma_fence|drm_sched).*", "$1");
            counts.merge(family + " " + lane.replaceAll("[/ ].*", ""), 1, Integer::sum);
        }

        assertEquals(472, counts.get("dma_fence fences"));
        assertEquals(156, counts.get("drm_sched queues"));
        assertEquals(180, counts.get("print process"));
        assertEquals(15, counts.get("irq_handler_exit irq"));
        assertEquals(280, counts.get("sched_switch cpus"));
        assertEquals(-1, trace.lanes().indexOf("queues/ring unknown"));
        assertEquals(
                156,
                trace.lanes().stream()
                        .filter(lane -> lane.startsWith("queues/mock-queue-"))
                        .count());
        assertTrue(trace.lanes().contains("irq/irq 25 virtio1-requests"));
        assertTrue(trace.lanes().contains("fences/mock-queue-1 ctx 34"));
        assertTrue(trace.lanes().contains("process umd-client1 147/group 1/queue 1"));
        assertTrue(trace.lanes().contains("process umd-client0 146/umd-client0 146"));
    }

    @Test
    void fenceKeepsTheNameItHadBeforeItSignalled() {
        CapturedTrace trace =
                CapturedTrace.of(
                        fence("destroy", "detached-driver", "signaled-timeline", 7),
                        fence("init", "panthor", "queue-fence", 7),
                        fence("destroy", "detached-driver", "signaled-timeline", 7),
                        fence("destroy", "detached-driver", "signaled-timeline", 4_294_967_303L));

        assertEquals(
                List.of(
                        "fences/ctx 7",
                        "fences/queue-fence ctx 7",
                        "fences/queue-fence ctx 7",
                        "fences/queue-fence ctx 7"),
                trace.lanes());
    }

    @Test
    void jobsWithoutARingFindItByTheirFence() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(0, 1, "drm_sched_job_done: fence=34:1 signaled"),
                        fence("init", "drm_sched", "panthor-queue-4-1-0", 34),
                        line(0, 1, "drm_sched_job_add_dep: fence=34:1 depends on fence=9:1"),
                        line(
                                0,
                                1,
                                "drm_sched_job_queue: dev=gpu, fence=4294967332:1,"
                                        + " ring=panthor-queue-4-1-1, job count:0, hw job count:0,"
                                        + " client_id:4"),
                        line(1, 9, "drm_sched_job_done: fence=4294967332:1 signaled"));

        assertEquals(
                List.of(
                        "queues/ring unknown",
                        "fences/panthor-queue-4-1-0 ctx 34",
                        "queues/panthor-queue-4-1-0",
                        "queues/panthor-queue-4-1-1",
                        "queues/panthor-queue-4-1-1"),
                trace.lanes());
    }

    @Test
    void oldJobsFindTheirRingByAddressUntilTheyAreDone() {
        String job =
                "drm_sched_job: entity=0xa, id=1, fence=0xb, ring=mock-queue-1, job count:0, hw job"
                        + " count:0";
        CapturedTrace trace =
                CapturedTrace.of(
                        line(0, 1, job),
                        line(
                                0,
                                1,
                                "drm_sched_job_wait_dep: job ring=mock-queue-2, id=1, depends"
                                        + " fence=0xb, context=1, seq=1"),
                        line(1, 9, "drm_sched_process_job: fence=0xb signaled"),
                        line(1, 9, "drm_sched_process_job: fence=0xb signaled"),
                        line(1, 9, "drm_sched_process_job: fence=(____ptrval____) signaled"));

        assertEquals(
                List.of(
                        "queues/mock-queue-1",
                        "queues/mock-queue-2",
                        "queues/mock-queue-1",
                        "queues/ring unknown",
                        "queues/ring unknown"),
                trace.lanes());
    }

    @Test
    void hiddenAddressesLeaveTheHardwareFenceToTellTheRing() {
        String run =
                "drm_run_job: entity=(____ptrval____), id=1, fence=(____ptrval____), ring=%s, job"
                        + " count:0, hw job count:1";
        String made = "dma_fence_init: driver=panthor timeline=queue-fence context=%d seqno=1";
        String signalled =
                "dma_fence_signaled: driver=panthor timeline=queue-fence context=%d seqno=1";
        String done = "drm_sched_process_job: fence=(____ptrval____) signaled";
        CapturedTrace trace =
                CapturedTrace.of(
                        line(0, 29, run.formatted("before")),
                        line(0, 29, made.formatted(5)),
                        line(0, 31, made.formatted(6)),
                        line(0, 31, run.formatted("after")),
                        line(0, 0, signalled.formatted(6)),
                        line(1, 0, signalled.formatted(5)),
                        line(0, 0, done),
                        line(1, 0, done),
                        line(2, 0, done));

        assertEquals(
                List.of("queues/after", "queues/before", "queues/ring unknown"),
                trace.lanes().subList(6, 9));
    }

    @Test
    void jobsOfAmdgpuStandOnTheirRings() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(
                                0,
                                1,
                                "amdgpu_cs_ioctl: sched_job=9, timeline=gfx, context=7, seqno=3,"
                                        + " ring_name=x, num_ibs=2"),
                        line(
                                0,
                                1,
                                "amd_sched_job: entity=0xa, sched job=0xb, fence=0xc, ring=sdma0,"
                                        + " job count:1, hw job count:0"),
                        line(0, 1, "amd_sched_process_job: fence=0xc signaled"));

        assertEquals(List.of("queues/gfx", "queues/sdma0", "queues/sdma0"), trace.lanes());
    }

    @Test
    void interruptExitFindsTheHandlerOfItsCpu() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(0, 1, "irq_handler_entry: irq=33 name=panthor-job"),
                        line(1, 1, "irq_handler_entry: irq=33 name=other"),
                        line(0, 1, "irq_handler_exit: irq=33 ret=handled"),
                        line(2, 1, "irq_handler_exit: irq=33 ret=handled"));

        assertEquals(
                List.of(
                        "irq/irq 33 panthor-job",
                        "irq/irq 33 other",
                        "irq/irq 33 panthor-job",
                        "irq/irq 33"),
                trace.lanes());
    }

    @Test
    void workOfPanthorHasItsOwnLanesEvenWithoutSymbols() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(
                                3,
                                1,
                                "workqueue_queue_work: work struct=0x1 function=0xffff1"
                                        + " workqueue=panthor-csf-sched req_cpu=-1 cpu=0"),
                        line(0, 1, "workqueue_execute_start: work struct 0x1: function 0xffff1"),
                        line(3, 1, "workqueue_execute_start: work struct 0x2: function 0xffff2"),
                        line(
                                3,
                                1,
                                "workqueue_execute_end: work struct 0x3: function"
                                        + " drm_sched_run_job_work [gpu_sched]"));

        assertEquals(
                List.of(
                        "work items/0xffff1",
                        "work items/0xffff1",
                        "cpus/cpu 3",
                        "work items/drm_sched_run_job_work [gpu_sched]"),
                trace.lanes());
    }

    @Test
    void gpuEventsNameTheirDevice() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(0, 1, "gpu_job_irq: fb000000.gpu: events=0x1 duration_ns=5"),
                        line(
                                0,
                                1,
                                "gpu_power_status: fb000000.gpu: shader_bitmap=0x1"
                                        + " tiler_bitmap=0x1 l2_bitmap=0x1"),
                        line(2, 1, "devfreq_frequency: dev_name=dmc freq=1 prev_freq=2 load=3"),
                        line(2, 1, "gpu_frequency: gpu_id=0 state=800000"));

        assertEquals(
                List.of(
                        "gpu/fb000000.gpu job irq",
                        "gpu/fb000000.gpu power",
                        "cpus/cpu 2",
                        "gpu/gpu 0 frequency"),
                trace.lanes());
    }

    @Test
    void threadsOfOneClientShareItsLanes() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(0, 146, "print: 0x1: psm1 hdr umd=panvk drv=panthor pid=140"),
                        line(0, 147, "print: 0x1: psm1 db g=1 q=0"),
                        line(0, 147, "print: 0x1: psm1 xgs xq=2 id=1 n=1"),
                        line(0, 147, "print: 0x1: psm1 grp g=1 nq=2 f=5"),
                        line(1, 147, "print: 0x1: nothing of ours"));

        assertEquals(
                List.of(
                        "process umd-client0 140/umd-client0 146",
                        "process umd-client0 140/group 1/queue 0",
                        "process umd-client0 140/xgs queue 2",
                        "process umd-client0 140/group 1 file 5",
                        "cpus/cpu 1"),
                trace.lanes());
    }

    @Test
    void inventedNamesDoNotInventTracksWithoutEnd() {
        MemoryTrace trace = new MemoryTrace("test.txt");
        TrackTable tracks = new TrackTable(trace, 3);
        int root = tracks.root("fences", "fences");
        assertEquals(1, tracks.child(root, "timeline", "ctx 0"));
        assertEquals(2, tracks.child(root, "timeline", "ctx 1"));
        assertEquals(root, tracks.child(root, "timeline", "ctx 2"));
        assertEquals(2, tracks.child(root, "timeline", "ctx 1"));
        assertEquals(3, trace.tracks().size());
    }
}
