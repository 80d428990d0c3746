package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.KernelEvent.FileClose;
import org.panscope.trace.event.KernelEvent.GroupDestroy;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.KernelEvent.MappingKind;
import org.panscope.trace.event.KernelEvent.Munmap;
import org.panscope.trace.event.KernelEvent.ProcessExit;
import org.panscope.trace.event.KernelEvent.ProcessKill;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.UserLoad;

import java.util.Map;

/// A process dies in the middle of a batch.
class ProcessKilledTest {
    private static final String SAMPLE = "process-killed.json";

    private static boolean hasOops(EventLog log) {
        return log.of(Warn.class).stream()
                .anyMatch(e -> e.kind() == WarnKind.OOPS && e.site().equals("group_free_queue"));
    }

    @Test
    void mappingsGoFirstThenTheFileThenItsGroups() {
        EventLog log = Runs.sample(SAMPLE);
        EventOrder order = new EventOrder(log);
        order.then("killed", ProcessKill.class, e -> e.process().equals("victim"));
        order.then(
                "the wait ends",
                IoctlExit.class,
                e -> e.name().equals("SYNCOBJ_WAIT") && e.ret() == Errno.EINTR);
        order.then("ring", Munmap.class, e -> e.kind() == MappingKind.RING);
        order.then("doorbell", Munmap.class, e -> e.kind() == MappingKind.DOORBELL);
        long close = order.then("file", FileClose.class, e -> e.fileId() == 1);
        order.then("group on its slot", GroupDestroy.class, e -> e.csgId() >= 0 && !e.fileOpen());
        order.then("gone", ProcessExit.class, e -> e.process().equals("victim"));
        long unbind = order.then("off slot", Unbind.class, e -> e.result() == 0);
        assertTrue(unbind > close, "groups on a slot outlive the file");
        order.then("debts", Term.class, e -> e.jobsErrored() == 1);
        order.then("freed", GroupRelease.class, e -> !e.fileOpen());
    }

    @Test
    void noThreadOfItDoesAnythingAfterTheKill() {
        EventLog log = Runs.sample(SAMPLE);
        boolean killed = false;
        for (EventLog.Entry entry : log.entries()) {
            killed |= entry.event() instanceof ProcessKill;
            boolean userMode =
                    entry.event() instanceof RingWrite || entry.event() instanceof UserLoad;
            assertFalse(
                    killed && userMode && "victim".equals(entry.header().comm()),
                    EventLog.line(entry.event()));
        }
        assertTrue(killed);
    }

    @Test
    void theReleaseUsesTheFreedFileUnlessTheGroupHoldsIt() {
        assertTrue(hasOops(Runs.sample(SAMPLE)));
        EventLog fixed = new EventLog();
        ScenarioResult result = Runs.sample(SAMPLE, Map.of("fix.file_ref", "true"), fixed);
        assertEquals(0, result.failures().size());
        assertFalse(hasOops(fixed));
        assertEquals(2, fixed.of(GroupRelease.class).size());
    }
}
