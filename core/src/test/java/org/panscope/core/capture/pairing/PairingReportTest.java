package org.panscope.core.capture.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.capture.pairing.PairLog.fence;
import static org.panscope.core.capture.pairing.PairLog.line;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.EventCursor;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class PairingReportTest {
    /// Something else on a CPU, so that it is not new any more.
    private static final String SEEN = "softirq_entry: vec=1 [action=TIMER]";

    @Test
    void everyEventOfTheSampleFindsItsPartner() {
        PairLog sample = PairLog.ofDat(Path.of("../samples/captures/panscope-sample.dat"));

        assertEquals("48/0/0/0/0 null", sample.count(PairKind.JOB_QUEUED));
        assertEquals("48/0/0/0/0 null", sample.count(PairKind.JOB_RUN));
        assertEquals("144/0/0/0/0 null", sample.count(PairKind.FENCE));
        assertEquals("20/0/0/0/0 null", sample.count(PairKind.FENCE_WAIT));
        assertEquals("15/0/0/0/0 null", sample.count(PairKind.INTERRUPT));
        assertEquals("142/0/0/0/0 null", sample.count(PairKind.SOFTIRQ));
        assertEquals("166/0/0/0/0 null", sample.count(PairKind.WORK_QUEUED));
        assertEquals("166/0/0/0/0 null", sample.count(PairKind.WORK));
        assertEquals(48, sample.of("busy").size());
        assertEquals(0, sample.report.unpaired());
    }

    @Test
    void endsBeforeTheFirstWholeIntervalAreUnknownAndLaterOnesAreMissingTheirBeginning() {
        PairLog log =
                PairLog.of(
                        line(1, 1, fence("signaled", "panthor", "queue-fence", 4, 1)),
                        line(2, 1, fence("init", "panthor", "queue-fence", 4, 2)),
                        line(3, 1, fence("signaled", "panthor", "queue-fence", 4, 2)),
                        line(4, 1, fence("signaled", "panthor", "queue-fence", 4, 3)),
                        line(5, 1, fence("init", "panthor", "queue-fence", 4, 4)),
                        line(6, 1, fence("destroy", "panthor", "queue-fence", 4, 4)),
                        line(7, 1, fence("init", "panthor", "queue-fence", 4, 5)));
        assertEquals("1/1/1/1/1 3", log.count(PairKind.FENCE));
        assertEquals(4, log.report.unpaired());
    }

    @Test
    void afterALossNothingIsMissingUntilAWholeIntervalHasPassed() {
        PairLog log =
                PairLog.of(
                        line(1, 1, fence("init", "panthor", "queue-fence", 4, 1)),
                        line(2, 1, fence("signaled", "panthor", "queue-fence", 4, 1)),
                        line(3, 1, fence("init", "panthor", "queue-fence", 4, 2)),
                        "CPU:1 [LOST 7 EVENTS]",
                        line(4, 1, fence("signaled", "panthor", "queue-fence", 4, 3)),
                        line(5, 1, fence("init", "panthor", "queue-fence", 4, 4)),
                        line(6, 1, fence("signaled", "panthor", "queue-fence", 4, 4)),
                        line(7, 1, fence("signaled", "panthor", "queue-fence", 4, 5)));
        assertEquals("2/0/0/1/2 6", log.count(PairKind.FENCE));
    }

    @Test
    void whatOtherCpusEndedDuringAGapIsUnknownThoughTheGapIsToldAfterwards() {
        String made = fence("init", "panthor", "queue-fence", 4, 1);
        String signal = fence("signaled", "panthor", "queue-fence", 4, 1);
        PairLog log =
                PairLog.of(
                        line(0, 1, 0, 's', SEEN),
                        line(0, 1, 1, 's', SEEN),
                        line(1, 1, 1, '.', made),
                        line(2, 1, 0, '.', signal),
                        line(3, 1, 0, '.', signal),
                        line(4, 1, 1, '.', made),
                        line(5, 1, 0, '.', signal),
                        line(6, 1, 0, '.', signal),
                        "CPU:1 [LOST 7 EVENTS]",
                        line(7, 1, 1, '.', made));
        // Those at 3 and 6 us have no beginning; the one at 6 may have lost it.
        assertEquals("2/1/0/1/1 4", log.count(PairKind.FENCE));
    }

    @Test
    void aCpuThatIsSeenForTheFirstTimeMayHaveHeldTheOtherEndBefore() {
        String made = fence("init", "panthor", "queue-fence", 4, 1);
        PairLog log =
                PairLog.of(line(1, 1, 1, '.', made), line(9, 1, 0, '.', "softirq_raise: vec=1"));
        assertEquals("0/1/0/0/0 0", log.count(PairKind.FENCE));
        PairLog later = PairLog.of(line(1, 1, 1, '.', made), line(9, 1, 0, 's', SEEN));
        assertEquals("0/0/0/0/1 0", later.count(PairKind.FENCE));
    }

    @Test
    void anIntervalWhoseBeginningIsNotRecordedAtAllIsUnknown() {
        PairLog log =
                PairLog.of(
                        line(1, 1, fence("signaled", "amdgpu", "gfx", 4, 1)),
                        line(2, 1, fence("signaled", "amdgpu", "gfx", 4, 2)));
        PairingReport.Count count = Objects.requireNonNull(log.report.of(PairKind.FENCE));
        assertEquals("0/0/0/0/2 0", log.count(PairKind.FENCE));
        assertFalse(count.beginsRecorded());
        assertTrue(count.endsRecorded());
    }

    @Test
    void waitsOfOneThreadMayLieWithinEachOtherAndOneWithoutAnEndIsStillBlocked() {
        String start = fence("wait_start", "panthor", "queue-fence", 4, 1);
        String end = fence("wait_end", "detached-driver", "signaled-timeline", 4, 1);
        PairLog log =
                PairLog.of(
                        line(1, 7, start),
                        line(2, 7, start),
                        line(3, 8, start),
                        line(4, 7, end),
                        line(5, 7, end));
        assertEquals(List.of("fence-wait 4:1 1-3", "fence-wait 4:1 0-4"), log.of("fence-wait"));
        assertEquals("2/1/0/0/0 2", log.count(PairKind.FENCE_WAIT));
    }

    @Test
    void handlersOfOneLineOnTwoCpusAreTwoIntervals() {
        PairLog log =
                PairLog.of(
                        line(0, 1, 0, 's', SEEN),
                        line(0, 1, 1, 's', SEEN),
                        line(0, 1, 2, 's', SEEN),
                        line(1, 1, 0, 'h', "irq_handler_entry: irq=33 name=panthor-job"),
                        line(2, 1, 1, 'h', "irq_handler_entry: irq=33 name=panthor-job"),
                        line(3, 1, 0, 'h', "irq_handler_exit: irq=33 ret=handled"),
                        line(4, 1, 2, 'h', "irq_handler_exit: irq=33 ret=handled"));
        assertEquals("1/1/0/1/0 4", log.count(PairKind.INTERRUPT));
    }

    @Test
    void aWorkItemIsQueuedByItsAddressAndRunByItsThread() {
        PairLog log =
                PairLog.of(
                        line(
                                1,
                                1,
                                "workqueue_queue_work: work struct=0x10 function=a workqueue=q"
                                        + " req_cpu=0 cpu=0"),
                        line(2, 9, "workqueue_execute_start: work struct 0x10: function a"),
                        line(3, 8, "workqueue_execute_start: work struct 0x11: function b"),
                        line(4, 9, "workqueue_execute_end: work struct 0x10"),
                        line(5, 8, "workqueue_execute_end: work struct 0x11"));
        assertEquals(List.of("work a 1-3", "work b 2-4"), log.of("work"));
        assertEquals("2/0/0/0/0 null", log.count(PairKind.WORK));
        assertEquals("1/0/0/1/0 2", log.count(PairKind.WORK_QUEUED));
    }

    @Test
    void aWorkItemMayBeQueuedAgainJustBeforeItsStartIsTraced() {
        String queue =
                "workqueue_queue_work: work struct=0x10 function=a workqueue=q req_cpu=0 cpu=0";
        String start = "workqueue_execute_start: work struct 0x10: function a";
        PairLog twice =
                PairLog.of(
                        line(1, 1, queue), line(2, 1, queue), line(3, 9, start), line(4, 9, start));
        assertEquals(List.of("work-queued a 0-2", "work-queued a 1-3"), twice.of("work-queued"));

        PairLog cancelled =
                PairLog.of(
                        line(1, 1, queue),
                        line(2, 1, queue),
                        line(3, 9, start),
                        line(4, 1, queue),
                        line(5, 9, start),
                        line(6, 1, queue),
                        line(7, 9, start));
        assertEquals("3/0/1/0/0 1", cancelled.count(PairKind.WORK_QUEUED));
        assertEquals("work-queued a 5-6", cancelled.of("work-queued").getLast());
    }

    @Test
    void whatIsBegunWithoutEndIsGivenUpWhenThereIsTooMuchOfIt() {
        PairBook book = new PairBook(PairLog.traceOf(), PairSink.NONE);
        OpenPairs<Integer> open = new OpenPairs<>(book, 2);
        EventCursor event = PairLog.traceOf(line(1, 1, fence("init", "a", "b", 4, 1))).cursor(0);
        assertTrue(event.next());
        for (int i = 0; i < 5; i++) {
            open.put(i, book.begin(PairKind.FENCE, "", event), event);
        }
        open.finish();
        PairingReport.Count count = Objects.requireNonNull(book.report().of(PairKind.FENCE));
        assertEquals(3, count.unknown());
        assertEquals(2, count.openAtEnd());
    }
}
