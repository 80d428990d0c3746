package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.panscope.core.scenario.EventLog.Entry;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.io.EventHeader;

import java.util.function.Predicate;

/// Causes lead from what an application notices back to what it did.
class CauseChainTest {

    @Test
    void eventfdOfTheSecondBatchLeadsBackToItsInsertStore() {
        EventLog log = Runs.sample("hello-ring.json");
        long insert = last(log, e -> e instanceof InsertWrite);
        long eventfd = insert;
        while (!(log.entry(eventfd).event() instanceof Eventfd)) {
            eventfd++;
        }
        Walk walk = new Walk(log, eventfd);
        walk.back(e -> e instanceof Irq irq && irq.step() == IrqStep.RAISE, "Irq raise");
        walk.back(e -> e instanceof SyncMem, "SyncMem");
        walk.back(e -> e instanceof CsInstr, "CsInstr");
        walk.back(e -> e instanceof FwCs, "FwCs fetch");
        walk.back(e -> e instanceof DbRing, "DbRing");
        walk.back(e -> e instanceof InsertWrite, "InsertWrite");
        assertEquals(insert, walk.at);
    }

    @Test
    void finishedFenceLeadsBackToItsJobAndIoctl() {
        EventLog log = Runs.sample("kernel-submit.json");
        long signalled =
                last(
                        log,
                        e ->
                                e instanceof Fence fence
                                        && fence.step() == FenceStep.SIGNALED
                                        && fence.kind() == FenceKind.FINISHED);
        Walk walk = new Walk(log, signalled);
        walk.back(e -> e instanceof Irq irq && irq.step() == IrqStep.RAISE, "Irq raise");
        walk.back(e -> e instanceof SyncMem, "SyncMem");
        walk.back(e -> e instanceof InsertWrite, "InsertWrite");
        walk.back(
                e -> e instanceof SchedWork work && work.work().equals("drm_sched_run_job_work"),
                "run_job");
        walk.back(
                e -> e instanceof IoctlEnter ioctl && ioctl.name().equals("GROUP_SUBMIT"), "ioctl");
    }

    @Test
    void everyCauseLiesBeforeItsEffect() {
        for (String sample : new String[] {"hello-ring.json", "kernel-submit.json", "demo.json"}) {
            for (Entry entry : Runs.sample(sample).entries()) {
                long cause = entry.header().cause();
                assertTrue(
                        cause == EventHeader.NO_CAUSE || (cause >= 0 && cause < entry.seq()),
                        () -> sample + " seq=" + entry.seq() + " cause=" + cause);
            }
        }
    }

    private static long last(EventLog log, Predicate<TraceEvent> condition) {
        for (int i = log.entries().size() - 1; i >= 0; i--) {
            if (condition.test(log.entries().get(i).event())) {
                return i;
            }
        }
        return Assertions.fail("no such event");
    }

    /// From effect to cause.
    private static final class Walk {
        private final EventLog log;
        private final StringBuilder path = new StringBuilder();
        private long at;

        Walk(EventLog log, long from) {
            this.log = log;
            at = from;
        }

        void back(Predicate<TraceEvent> condition, String what) {
            for (long seq = log.entry(at).header().cause();
                    seq != EventHeader.NO_CAUSE;
                    seq = log.entry(seq).header().cause()) {
                path.append('\n').append(seq).append(' ');
                path.append(EventLog.line(log.entry(seq).event()));
                if (condition.test(log.entry(seq).event())) {
                    at = seq;
                    return;
                }
            }
            Assertions.fail("the causes do not lead to " + what + ":" + path);
        }
    }
}
