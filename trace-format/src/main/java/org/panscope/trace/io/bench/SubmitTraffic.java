package org.panscope.trace.io.bench;

import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.FwDoorbellScan;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;

import java.io.IOException;
import java.util.Random;

/// Events like those of a user-submit run: several queues that store commands, ring doorbells, are
/// scanned by firmware, signal sync objects and fences. Times, addresses and words vary as they do
/// in earnest, so that compression is not flattered.
final class SubmitTraffic {
    private static final int QUEUES = 8;
    private static final int STEPS = 12;

    private final Random random = new Random(1);
    private final TraceWriter writer;
    private final int[] tracks = new int[QUEUES];
    private final int firmware;
    private final int kernel;
    private final long[] insert = new long[QUEUES];
    private final long[] seqno = new long[QUEUES];
    private long time;
    private long previous = EventHeader.NO_CAUSE;

    SubmitTraffic(TraceWriter writer) {
        this.writer = writer;
        int process = writer.track(TrackInfo.ROOT, "process", "bench");
        int group = writer.track(process, "group", "1");
        for (int queue = 0; queue < QUEUES; queue++) {
            tracks[queue] = writer.track(group, "queue", Integer.toString(queue));
        }
        firmware = writer.track(TrackInfo.ROOT, "firmware", "mcu");
        kernel = writer.track(TrackInfo.ROOT, "work", "panthor-csf-sched");
    }

    /// Writes this many events.
    void write(long events) throws IOException {
        long written = 0;
        while (written < events) {
            int queue = random.nextInt(QUEUES);
            previous = EventHeader.NO_CAUSE;
            for (int step = 0; step < STEPS && written < events; step++, written++) {
                time += 20 + random.nextInt(3000);
                previous = writer.write(header(step, queue), event(step, queue));
            }
        }
    }

    private EventHeader header(int step, int queue) {
        boolean user = step < 3;
        boolean work = step >= 9;
        int track = user ? tracks[queue] : work ? kernel : firmware;
        return new EventHeader(
                time,
                track,
                previous,
                false,
                user || work ? queue & 3 : EventHeader.UNKNOWN,
                user ? 1000 + queue : EventHeader.UNKNOWN,
                user ? "app" : null,
                user ? "user" : work ? "work" : "fw",
                work ? "sched" : "");
    }

    private TraceEvent event(int step, int queue) {
        long gid = 1L + queue / 4;
        long va = 0x7f00_0000L + queue * 0x1_0000L;
        return switch (step) {
            case 0 -> {
                byte[] words = new byte[64];
                random.nextBytes(words);
                for (int i = 3; i < words.length; i += 4) {
                    words[i] = (byte) (i & 0x1c);
                }
                yield new RingWrite(gid, queue, insert[queue], 64, words, Writer.USER);
            }
            case 1 -> {
                long old = insert[queue];
                insert[queue] += 64;
                yield new InsertWrite(gid, queue, old, insert[queue], Writer.USER);
            }
            case 2 -> new DbRing(queue + 1, DoorbellPage.REAL, Ringer.USER_PAGE, gid, gid, queue);
            case 3 -> new FwDoorbellScan(queue + 1, 1L << queue);
            case 4, 5, 6 ->
                    new CsInstr(
                            queue >> 2,
                            queue & 3,
                            va + (insert[queue] & 0xffff) + step * 8L,
                            random.nextLong() >>> 16,
                            0);
            case 7 -> {
                long old = seqno[queue]++;
                yield new SyncMem(
                        1, va, 8, old, old + 1, 0, 0, SyncWriter.GPU, gid, queue, 7, queue * 16L);
            }
            case 8 -> new Irq(IrqLine.JOB, IrqStep.RAISE, 1L << queue);
            case 9 -> new FwReq("csg" + (queue >> 2), "req", random.nextInt(256), 1);
            case 10 ->
                    new SchedWork("sync_upd", "panthor-csf-sched", WorkStep.BEGIN, null, null, gid);
            default ->
                    new Fence(
                            FenceStep.SIGNALED,
                            FenceKind.QUEUE_DONE,
                            100 + queue,
                            seqno[queue],
                            "panthor",
                            "queue-fence",
                            0,
                            null,
                            null);
        };
    }
}
