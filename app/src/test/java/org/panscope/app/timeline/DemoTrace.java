package org.panscope.app.timeline;

import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Trace;
import org.panscope.trace.quality.Loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A made-up trace of two processes, two slots and the machinery between, for pictures and tests.
final class DemoTrace {
    private static final int ROOT = -1;

    private final MemoryTrace trace;
    private final List<Timed> events = new ArrayList<>();
    private long next;

    private record Timed(long timeNs, long order, int track, int pid, TraceEvent event) {}

    private DemoTrace(String name) {
        trace = new MemoryTrace(name);
    }

    /// Two processes that submit for four milliseconds.
    static Trace twoProcesses() {
        DemoTrace demo = new DemoTrace("two-processes.json");
        demo.client("compute", 0, 1, 100, 0);
        demo.client("game", 1, 2, 200, 180_000);
        demo.power();
        return demo.finish(false);
    }

    /// One process and a fault, and a loss.
    static Trace faulty() {
        DemoTrace demo = new DemoTrace("faulty.json");
        demo.client("compute", 0, 1, 100, 0);
        int cs = demo.cs(0, 0);
        demo.at(
                2_500_000,
                cs,
                -1,
                new FirmwareEvent.Fault(
                        FirmwareEvent.FaultKind.CS_FAULT, 0, 0, null, 0x48, 0, 0x1234));
        demo.at(
                2_600_000,
                demo.group("compute"),
                -1,
                new KernelEvent.Term(1, KernelEvent.TermReason.FATAL, 1, 0));
        return demo.finish(true);
    }

    private void client(String comm, int slot, long gid, int pid, long start) {
        int process = trace.track(ROOT, "process", comm);
        int thread = trace.track(process, "thread", "main");
        int group = group(comm);
        int queue = trace.track(group, "queue", "queue 0");
        int slotTrack =
                trace.track(trace.track(ROOT, "slots", "csg slots"), "slot", "slot " + slot);
        int fence =
                trace.track(
                        trace.track(ROOT, "fences", "fences"),
                        "timeline",
                        comm + " ctx " + (20 + gid));
        ioctl(start, 60_000, thread, pid, "GROUP_CREATE", 0);
        at(
                start + 20_000,
                group,
                pid,
                new KernelEvent.GroupCreateStep(
                        gid, 1, KernelEvent.CreateStep.PUBLISHED, 1, 1, true, 1, 1, true));
        at(
                start + 30_000,
                queue,
                pid,
                new KernelEvent.QueueCreated(
                        gid,
                        0,
                        0,
                        0x7f0000000000L,
                        65536,
                        3,
                        4,
                        0x1000L,
                        0x2000L,
                        20 + gid,
                        null,
                        0L,
                        1L,
                        2L));
        at(start + 40_000, group, pid, state(gid, SchedEvent.GroupStateName.CREATED));
        long insert = 0;
        for (int batch = 0; batch < 7; batch++) {
            long t = start + 150_000 + batch * 520_000L;
            at(
                    t,
                    queue,
                    pid,
                    new UserEvent.RingWrite(gid, 0, insert, 128, null, UserEvent.Writer.USER));
            at(
                    t + 12_000,
                    queue,
                    pid,
                    new UserEvent.InsertWrite(gid, 0, insert, insert + 128, UserEvent.Writer.USER));
            boolean kick = batch % 3 == 0;
            if (kick) {
                ioctl(t + 20_000, 30_000, thread, pid, "GROUP_KICK", 0);
                at(
                        t + 30_000,
                        group,
                        pid,
                        new KernelEvent.Kick(
                                gid, 1, 1, KernelEvent.KickBranch.SCHEDULE, true, 1L, 0L));
                work(t + 35_000, 15_000, 40_000, "tick");
                bind(t + 70_000, slot, slotTrack, gid, group);
                run(t + 90_000, slot, slotTrack, gid, fence, insert, batch, true);
                at(t + 480_000, slotTrack, -1, unbind(gid, slot));
                at(t + 480_500, group, -1, state(gid, SchedEvent.GroupStateName.SUSPENDED));
            } else {
                if (batch % 3 == 1) {
                    bind(t - 5_000, slot, slotTrack, gid, group);
                }
                at(
                        t + 15_000,
                        queue,
                        pid,
                        new UserEvent.DbRing(
                                slot + 1,
                                UserEvent.DoorbellPage.REAL,
                                UserEvent.Ringer.USER_PAGE,
                                gid,
                                gid,
                                0));
                run(t + 30_000, slot, slotTrack, gid, fence, insert, batch, batch % 3 == 1);
                if (batch % 3 == 2) {
                    at(t + 480_000, slotTrack, -1, unbind(gid, slot));
                    at(t + 480_500, group, -1, state(gid, SchedEvent.GroupStateName.SUSPENDED));
                }
            }
            at(
                    t + 60_000,
                    thread,
                    pid,
                    new UserEvent.UserWaitBegin(
                            UserEvent.WaitKind.EVENTFD, "eventfd:" + gid, null));
            at(
                    t + 400_000,
                    thread,
                    pid,
                    new UserEvent.UserWaitEnd(UserEvent.WaitKind.EVENTFD, "eventfd:" + gid, 1L, 0));
            at(t + 390_000, group, -1, new KernelEvent.Eventfd("group:" + gid, 2, 0, 1));
            at(t + 400_500, group, -1, new KernelEvent.Eventfd("group:" + gid, 2, 1, 0));
            insert += 128;
        }
    }

    private void run(
            long t,
            int slot,
            int slotTrack,
            long gid,
            int fence,
            long insert,
            int batch,
            boolean start) {
        int cs = cs(slot, 0);
        at(
                t,
                cs,
                -1,
                step(
                        slot,
                        start ? FirmwareEvent.CsStep.START : FirmwareEvent.CsStep.FETCH,
                        insert));
        for (int i = 0; i < 16; i++) {
            at(
                    t + 2_000 + i * 3_000L,
                    cs,
                    -1,
                    new FirmwareEvent.CsInstr(slot, 0, 0x7f0000000000L + insert + 8L * i, i, 0));
        }
        boolean blocks = batch % 2 == 1;
        if (blocks) {
            at(t + 60_000, cs, -1, block(slot));
            at(t + 200_000, cs, -1, step(slot, FirmwareEvent.CsStep.UNBLOCK, insert));
        }
        at(t + 50_000, fence, -1, fence(FenceEvent.FenceStep.INIT, gid, batch));
        at(t + 330_000, fence, -1, fence(FenceEvent.FenceStep.SIGNALED, gid, batch));
        at(
                t + 250_000,
                trace.track(ROOT, "sync", "sync objects"),
                -1,
                new SyncEvent.SyncMem(
                        (int) gid,
                        0x7f0000100000L + 16 * gid,
                        8,
                        (long) batch,
                        batch + 1,
                        0,
                        0,
                        SyncEvent.SyncWriter.GPU,
                        gid,
                        0,
                        5,
                        0L));
        at(t + 270_000, cs, -1, empty(slot, insert + 128));
        int irq = trace.track(trace.track(ROOT, "irq", "irq"), "irq", "job");
        at(t + 272_000, irq, -1, irq(FirmwareEvent.IrqStep.RAISE, slot));
        at(t + 276_000, irq, -1, irq(FirmwareEvent.IrqStep.ENTRY, slot));
        at(t + 280_000, irq, -1, irq(FirmwareEvent.IrqStep.THREAD, slot));
        at(t + 290_000, irq, -1, irq(FirmwareEvent.IrqStep.EXIT, slot));
        at(t + 295_000, slotTrack, -1, new SchedEvent.FwEvent(slot, gid, true, true, false, 0));
        work(t + 288_000, 10_000, 30_000, "sync_upd");
    }

    private void bind(long t, int slot, int slotTrack, long gid, int group) {
        at(t, slotTrack, -1, new SchedEvent.Bind(gid, slot, slot + 1, slot + 1, 0));
        at(t + 500, group, -1, state(gid, SchedEvent.GroupStateName.ACTIVE));
    }

    private void power() {
        int pm = trace.track(trace.track(ROOT, "kernel", "kernel"), "pm", "pm");
        at(100_000, pm, -1, pm(SchedEvent.PmStep.RESUME_BEGIN, 1));
        at(190_000, pm, -1, pm(SchedEvent.PmStep.RESUME_END, 1));
        at(400_000, pm, -1, pm(SchedEvent.PmStep.GET, 2));
        at(3_900_000, pm, -1, pm(SchedEvent.PmStep.PUT, 1));
    }

    private void ioctl(long t, long length, int thread, int pid, String name, int ret) {
        byte[] args = {};
        at(t, thread, pid, new KernelEvent.IoctlEnter(0x40, name, "rfc-usersubmit-v1", 1, args));
        at(t + length, thread, pid, new KernelEvent.IoctlExit(0x40, name, 1, args, ret));
    }

    private void work(long t, long wait, long length, String name) {
        int row = trace.track(trace.track(ROOT, "kernel", "kernel"), "work", name);
        at(t, row, -1, work(name, SchedEvent.WorkStep.QUEUED));
        at(t + wait, row, -1, work(name, SchedEvent.WorkStep.BEGIN));
        at(t + wait + length, row, -1, work(name, SchedEvent.WorkStep.END));
    }

    private static SchedEvent.SchedWork work(String name, SchedEvent.WorkStep step) {
        return new SchedEvent.SchedWork(name, "panthor-csf-sched", step, null, null, null);
    }

    private int group(String comm) {
        return trace.track(trace.track(ROOT, "process", comm), "group", "group 1");
    }

    private int cs(int slot, int cs) {
        int csg = trace.track(trace.track(ROOT, "firmware", "firmware"), "csg", "csg " + slot);
        return trace.track(csg, "cs", "cs " + cs);
    }

    private static FirmwareEvent.FwCs step(int slot, FirmwareEvent.CsStep step, long insert) {
        return new FirmwareEvent.FwCs(
                slot, 0, step, insert + 128, insert, true, null, null, null, null, null, null);
    }

    private static FirmwareEvent.FwCs block(int slot) {
        return new FirmwareEvent.FwCs(
                slot,
                0,
                FirmwareEvent.CsStep.BLOCK,
                null,
                null,
                null,
                null,
                3,
                0x7f0000100000L,
                1L,
                true,
                true);
    }

    private static FirmwareEvent.FwCs empty(int slot, long extract) {
        return new FirmwareEvent.FwCs(
                slot,
                0,
                FirmwareEvent.CsStep.EMPTY,
                null,
                extract,
                false,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static FirmwareEvent.Irq irq(FirmwareEvent.IrqStep step, int slot) {
        return new FirmwareEvent.Irq(FirmwareEvent.IrqLine.JOB, step, 1L << slot);
    }

    private static SchedEvent.GroupState state(long gid, SchedEvent.GroupStateName state) {
        return new SchedEvent.GroupState(gid, state, state, null);
    }

    private static SchedEvent.Unbind unbind(long gid, int slot) {
        return new SchedEvent.Unbind(gid, slot, SchedEvent.GroupStateName.SUSPENDED, 0);
    }

    private static SchedEvent.Pm pm(SchedEvent.PmStep step, int usage) {
        return new SchedEvent.Pm(step, SchedEvent.PmOwner.SCHEDULER, usage, 0, 0);
    }

    private static FenceEvent.Fence fence(FenceEvent.FenceStep step, long gid, long seqno) {
        return new FenceEvent.Fence(
                step,
                FenceEvent.FenceKind.QUEUE_DONE,
                20 + gid,
                seqno + 1,
                "panthor",
                "queue-fence",
                null,
                null,
                null);
    }

    private void at(long timeNs, int track, int pid, TraceEvent event) {
        events.add(new Timed(timeNs, next++, track, pid, event));
    }

    private Trace finish(boolean withLoss) {
        events.sort(Comparator.comparingLong(Timed::timeNs).thenComparingLong(Timed::order));
        for (Timed timed : events) {
            trace.write(
                    new EventHeader(
                            timed.timeNs(),
                            timed.track(),
                            -1,
                            false,
                            -1,
                            timed.pid(),
                            null,
                            null,
                            null),
                    timed.event());
        }
        if (withLoss) {
            trace.loss(
                    new Loss(
                            "ring-overrun",
                            "events were overwritten",
                            12L,
                            null,
                            null,
                            null,
                            events.size() / 2));
        }
        return trace;
    }
}
