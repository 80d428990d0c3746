package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.DeferredLosses;

import java.io.IOException;
import java.util.PriorityQueue;

/// The third walk over a file, by time: decodes each event in its turn.
final class EventMerge {
    private static final int EVENTS_PER_PROGRESS = 4096;

    /// More bundles than this at once begin at one time in a damaged file only.
    private static final int MOST_ACTIVE = 1 << 14;

    private final PacketFile file;
    private final FileFacts facts;
    private final DeferredLosses losses;
    private final PerfettoOutput out;
    private final EventIndex.Cursor index;
    private final FtraceDecoder ftrace;
    private final PacketEvents packets;
    private final PriorityQueue<Run> active = new PriorityQueue<>();
    private long opened;

    EventMerge(
            PacketFile file,
            FileFacts facts,
            DeferredLosses losses,
            PerfettoOutput out,
            EventIndex.Cursor index,
            EventIndexing indexing) {
        this.file = file;
        this.facts = facts;
        this.losses = losses;
        this.out = out;
        this.index = index;
        ftrace = new FtraceDecoder(facts, out);
        packets = new PacketEvents(facts, indexing, losses, out, ftrace);
    }

    /// Writes all events.
    ///
    /// @param entries how many entries the index has
    /// @return whether it was cancelled
    boolean run(long entries, Progress progress) throws IOException {
        long steps = 0;
        long done = 0;
        boolean more = index.next();
        while (more || !active.isEmpty()) {
            Run head = active.peek();
            if (more && (head == null || index.timeNs() <= head.timeNs())) {
                open();
                more = index.next();
                done++;
            } else if (head != null) {
                active.remove();
                step(head);
            }
            if (++steps % EVENTS_PER_PROGRESS == 0) {
                progress.advance(done, entries);
                if (progress.isCancelled()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Tells what is left to tell when all events are written.
    void finish() throws IOException {
        packets.finish();
        ftrace.report(losses);
    }

    private void step(Run run) throws IOException {
        try {
            run.write();
        } catch (ProtoException e) {
            damaged("an event: " + e.getMessage(), null);
        }
        advance(run);
    }

    private void advance(Run run) throws IOException {
        try {
            if (run.advance()) {
                active.add(run);
            }
        } catch (ProtoException e) {
            damaged("the rest of a bundle: " + e.getMessage(), null);
        }
    }

    private void damaged(String what, @Nullable Long offset) {
        losses.lost("damaged-packet", what, null, null, offset);
    }

    private void open() throws IOException {
        long place = EventIndexing.packetPlace(index.place());
        int generation = EventIndexing.generation(index.detail());
        try {
            Packet packet = file.load(place);
            out.comesTo(index.timeNs());
            if (EventIndexing.isFirst(index.place()) && packet.isAfterLoss() && !packet.isFirst()) {
                packetsLost(packet);
            }
            if (EventIndexing.kind(index.place()) == EventIndexing.PACKET) {
                packets.write(packet, index.timeNs(), generation);
            } else {
                openBundle(packet, generation);
            }
        } catch (ProtoException e) {
            damaged(String.valueOf(e.getMessage()), PacketFile.offset(place));
        }
    }

    /// Told only where it is known that the writer was at work before.
    private void packetsLost(Packet packet) {
        if (packets.isSeen(packet.sequence())) {
            losses.lost(
                    "packets-dropped",
                    "packets of writer " + packet.sequence() + " are missing before this moment",
                    null,
                    null,
                    PacketFile.offset(packet.location()));
        }
    }

    private void openBundle(Packet packet, int generation) throws IOException {
        packets.see(packet.sequence());
        Bundle bundle = new Bundle(facts);
        bundle.read(packet, null);
        if (EventIndexing.isFirst(index.place()) && bundle.isLostBefore()) {
            ftrace.cpus().forget(bundle.cpu());
            losses.lost(
                    "ring-overrun",
                    "the kernel overwrote events of CPU " + bundle.cpu() + " before this moment",
                    null,
                    bundle.cpu() < 0 ? null : (Integer) bundle.cpu(),
                    PacketFile.offset(packet.location()));
        }
        if (active.size() >= MOST_ACTIVE) {
            drain();
        }
        advance(
                switch (EventIndexing.kind(index.place())) {
                    case EventIndexing.SWITCHES -> new CompactRun(opened++, bundle, true, ftrace);
                    case EventIndexing.WAKINGS -> new CompactRun(opened++, bundle, false, ftrace);
                    default ->
                            new BundleRun(
                                    opened++,
                                    bundle,
                                    packet.from() + EventIndexing.offset(index.detail()),
                                    generation,
                                    ftrace);
                });
    }

    /// Makes room: takes the earliest run to its end at once.
    private void drain() throws IOException {
        Run run = active.remove();
        try {
            do {
                run.write();
            } while (run.advance());
        } catch (ProtoException e) {
            damaged("the rest of a bundle: " + e.getMessage(), null);
        }
    }
}
