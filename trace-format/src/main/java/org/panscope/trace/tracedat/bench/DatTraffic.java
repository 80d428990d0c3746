package org.panscope.trace.tracedat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The events of a busy desktop or board with a GPU scheduler: threads that take turns, interrupts,
/// work items, jobs from queueing to completion with their fences, and markers of a client.
final class DatTraffic {
    private static final int THREADS = 40;
    private static final int RINGS = 4;
    private static final String DATA_LOC = "__data_loc char[]";
    private static final String FENCE_PRINT =
            "\"driver=%s timeline=%s context=%u seqno=%u\", __get_str(driver),"
                    + " __get_str(timeline), REC->context, REC->seqno";
    private static final String JOB_PRINT =
            "\"dev=%s, fence=%llu:%llu, ring=%s, job count:%u, hw job count:%d, client_id:%llu\","
                    + " __get_str(dev), REC->fence_context, REC->fence_seqno, __get_str(name),"
                    + " REC->job_count, REC->hw_job_count, REC->client_id";

    private final List<Group> groups = new ArrayList<>();
    private final Random random = new Random(1);
    private final RingPages[] cpus;
    private final long[] timeNs;
    private final int[] running;
    private final long[] seqno = new long[RINGS];
    private long written;

    /// Takes full pages of all CPUs.
    @FunctionalInterface
    interface Pages {
        /// Takes one.
        ///
        /// @param number of the page among those of the CPU, from 0
        /// @param page its bytes, not to be kept
        void page(int cpu, long number, byte[] page) throws IOException;
    }

    /// Tracepoints of one system.
    record Group(String system, List<RecordFormat> formats) {}

    private final RecordFormat print =
            format("ftrace", 5, "print", "\"%ps: %s\", (void *)REC->ip, REC->buf")
                    .field("unsigned long", "ip", 8)
                    .field("char[]", "buf", 0);
    private final RecordFormat schedSwitch =
            format(
                            "sched",
                            310,
                            "sched_switch",
                            "\"prev_comm=%s prev_pid=%d prev_prio=%d prev_state=%s ==>"
                                    + " next_comm=%s next_pid=%d next_prio=%d\", REC->prev_comm,"
                                    + " REC->prev_pid, REC->prev_prio, REC->prev_state ?"
                                    + " __print_flags(REC->prev_state, \"|\", { 1, \"S\" },"
                                    + " { 2, \"D\" }) : \"R\", REC->next_comm, REC->next_pid,"
                                    + " REC->next_prio")
                    .field("char[]", "prev_comm", 16)
                    .field("pid_t", "prev_pid", 4)
                    .field("int", "prev_prio", 4)
                    .field("long", "prev_state", 8)
                    .field("char[]", "next_comm", 16)
                    .field("pid_t", "next_pid", 4)
                    .field("int", "next_prio", 4);
    private final RecordFormat irqEntry =
            format("irq", 157, "irq_handler_entry", "\"irq=%d name=%s\", REC->irq, __get_str(name)")
                    .field("int", "irq", 4)
                    .field(DATA_LOC, "name", 4);
    private final RecordFormat irqExit =
            format(
                            "irq",
                            156,
                            "irq_handler_exit",
                            "\"irq=%d ret=%s\", REC->irq, REC->ret ? \"handled\" : \"unhandled\"")
                    .field("int", "irq", 4)
                    .field("int", "ret", 4);
    private final RecordFormat workStart =
            format(
                            "workqueue",
                            267,
                            "workqueue_execute_start",
                            "\"work struct %p: function %ps\", REC->work, REC->function")
                    .field("void *", "work", 8)
                    .field("void *", "function", 8);
    private final RecordFormat workEnd =
            format(
                            "workqueue",
                            266,
                            "workqueue_execute_end",
                            "\"work struct %p: function %ps\", REC->work, REC->function")
                    .field("void *", "work", 8)
                    .field("void *", "function", 8);
    private final RecordFormat fenceInit = fence(1371, "dma_fence_init");
    private final RecordFormat fenceSignaled = fence(1368, "dma_fence_signaled");
    private final RecordFormat jobQueue = job(1649, "drm_sched_job_queue");
    private final RecordFormat jobRun = job(1648, "drm_sched_job_run");
    private final RecordFormat jobDone =
            format(
                            "gpu_scheduler",
                            1647,
                            "drm_sched_job_done",
                            "\"fence=%llu:%llu signaled\", REC->fence_context, REC->fence_seqno")
                    .field("u64", "fence_context", 8)
                    .field("u64", "fence_seqno", 8);

    /// The events of a machine with so many CPUs.
    ///
    /// @param pages takes the pages of each CPU
    DatTraffic(int cpuCount, Pages pages) {
        cpus = new RingPages[cpuCount];
        timeNs = new long[cpuCount];
        running = new int[cpuCount];
        for (int cpu = 0; cpu < cpuCount; cpu++) {
            int own = cpu;
            cpus[cpu] = new RingPages((number, page) -> pages.page(own, number, page));
            timeNs[cpu] = 1_000_000_000L;
        }
    }

    List<Group> groups() {
        return groups;
    }

    /// Lines `pid comm`.
    String commandLines() {
        StringBuilder lines = new StringBuilder();
        for (int pid = 1; pid <= THREADS; pid++) {
            lines.append(1000 + pid).append(' ').append(comm(1000 + pid)).append('\n');
        }
        return lines.toString();
    }

    /// Makes this many events.
    ///
    /// @return how many pages each CPU has
    long[] make(long events) throws IOException {
        while (written < events) {
            int cpu = random.nextInt(cpus.length);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> threads(cpu, events);
                case 3 -> work(cpu, events);
                case 4 -> job(cpu, events);
                default -> marker(cpu, events);
            }
        }
        for (RingPages cpu : cpus) {
            cpu.finish();
        }
        return Arrays.stream(cpus).mapToLong(RingPages::pages).toArray();
    }

    private void threads(int cpu, long events) throws IOException {
        int next = random.nextInt(3) == 0 ? 0 : 1001 + random.nextInt(THREADS);
        int previous = running[cpu];
        running[cpu] = next;
        add(
                cpu,
                events,
                schedSwitch,
                0,
                previous,
                comm(previous),
                (long) previous,
                120L,
                (long) random.nextInt(3),
                comm(next),
                (long) next,
                120L);
    }

    private void work(int cpu, long events) throws IOException {
        long item = 0xffff_8880_0000_0000L + random.nextInt(64) * 0x80L;
        long function = 0xffff_ffff_c030_0000L + item % 7 * 0x100;
        add(cpu, events, workStart, 0, running[cpu], item, function);
        add(cpu, events, workEnd, 0, running[cpu], item, function);
    }

    /// A job from its queueing to its completion.
    private void job(int cpu, long events) throws IOException {
        int ring = random.nextInt(RINGS);
        long seq = ++seqno[ring];
        long context = 100 + ring * 3L;
        String name = "panthor-queue-" + (3 + ring) + "-1-" + ring;
        int pid = running[cpu];
        add(cpu, events, fenceInit, 0, pid, "drm_sched", name, context, seq);
        add(cpu, events, jobQueue, 0, pid, name, 1L, 0L, "fb000000.gpu", context, seq, 3L + ring);
        int worker = random.nextInt(cpus.length);
        timeNs[worker] = Math.max(timeNs[worker], timeNs[cpu]);
        add(worker, events, fenceInit, 0, 0, "panthor", "queue-fence", context + 2, seq);
        add(worker, events, jobRun, 0, 0, name, 0L, 1L, "fb000000.gpu", context, seq, 3L + ring);
        add(worker, events, irqEntry, 9, 0, 77L, "panthor-job");
        add(worker, events, irqExit, 9, 0, 77L, 1L);
        add(worker, events, fenceSignaled, 9, 0, "panthor", "queue-fence", context + 2, seq);
        add(worker, events, jobDone, 9, 0, context, seq);
    }

    private void marker(int cpu, long events) throws IOException {
        long at = written * 64;
        add(
                cpu,
                events,
                print,
                0,
                running[cpu],
                0xffff_ffff_8122_2222L,
                "psm1 ins g=1 q=" + random.nextInt(4) + " v=" + at + "\n");
    }

    private void add(
            int cpu, long events, RecordFormat format, int flags, int pid, Object... values)
            throws IOException {
        if (written < events) {
            written++;
            timeNs[cpu] += 200 + random.nextInt(4000);
            cpus[cpu].add(timeNs[cpu], format.record(flags, pid, values));
        }
    }

    private static String comm(int pid) {
        return pid == 0 ? "swapper/0" : "thread-" + pid;
    }

    private RecordFormat fence(int id, String name) {
        return format("dma_fence", id, name, FENCE_PRINT)
                .field(DATA_LOC, "driver", 4)
                .field(DATA_LOC, "timeline", 4)
                .field("unsigned int", "context", 4)
                .field("unsigned int", "seqno", 4);
    }

    private RecordFormat job(int id, String name) {
        return format("gpu_scheduler", id, name, JOB_PRINT)
                .field(DATA_LOC, "name", 4)
                .field("u32", "job_count", 4)
                .field("int", "hw_job_count", 4)
                .field(DATA_LOC, "dev", 4)
                .field("u64", "fence_context", 8)
                .field("u64", "fence_seqno", 8)
                .field("u64", "client_id", 8);
    }

    private RecordFormat format(String system, int id, String name, String printFormat) {
        RecordFormat format = new RecordFormat(id, name, printFormat);
        for (Group group : groups) {
            if (group.system().equals(system)) {
                group.formats().add(format);
                return format;
            }
        }
        groups.add(new Group(system, new ArrayList<>(List.of(format))));
        return format;
    }
}
