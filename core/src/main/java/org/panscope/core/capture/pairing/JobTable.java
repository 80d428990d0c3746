package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The jobs on their way, under every name they have. Bounded as [OpenPairs].
final class JobTable {
    private final PairBook book;
    private final LinkedHashMap<Job, Job> all = new LinkedHashMap<>();
    private final TreeMap<Long, Job> byFinished = new TreeMap<>();
    private final Map<Long, Job> byAddress = new LinkedHashMap<>();
    private final Map<RingId, Job> byRingId = new LinkedHashMap<>();
    private final Map<Long, Job> byHardware = new LinkedHashMap<>();

    private record RingId(String ring, String id) {}

    JobTable(PairBook book) {
        this.book = book;
    }

    /// The job with the first of these names that is known.
    ///
    /// @param finished [FenceKey], or [FenceKey#NONE]
    /// @param address 0 for none
    /// @param id empty for none
    @Nullable Job find(long finished, long address, String ring, String id) {
        if (finished != FenceKey.NONE) {
            return byFinished.get(finished);
        }
        if (address != 0) {
            return byAddress.get(address);
        }
        return id.isEmpty() ? null : byRingId.get(new RingId(ring, id));
    }

    @Nullable Job byFinished(long fence) {
        return byFinished.get(fence);
    }

    @Nullable Job byHardware(long fence) {
        return byHardware.get(fence);
    }

    /// Takes a job in. Whoever had its fence or its address before has ended unseen.
    void add(Job job, EventCursor event) {
        all.put(job, job);
        if (job.finished != FenceKey.NONE) {
            replaced(byFinished.put(job.finished, job), event);
        }
        if (job.address != 0) {
            replaced(byAddress.put(job.address, job), event);
        }
        if (job.address == 0 && !job.id.isEmpty()) {
            // Rings of one name may be several, so that who had this name before need not be over.
            byRingId.put(new RingId(job.ring, job.id), job);
        }
        if (all.size() > OpenPairs.MOST_OPEN) {
            Job oldest = all.firstEntry().getValue();
            remove(oldest);
            Pair pair = oldest.pair;
            if (pair != null) {
                book.counter(pair.kind()).unknown(pair.beginSeq());
            }
        }
    }

    private void replaced(@Nullable Job before, EventCursor event) {
        if (before == null) {
            return;
        }
        remove(before);
        Pair pair = before.pair;
        before.pair = null;
        if (pair != null) {
            book.end(pair, event, Outcome.ABANDONED);
        }
    }

    void learnHardware(Job job) {
        byHardware.put(job.hardware, job);
    }

    /// Jobs in front of this one in the same context of finished fences, which signal in order.
    List<Job> earlierOf(Job job) {
        if (job.finished == FenceKey.NONE) {
            return List.of();
        }
        long first = FenceKey.of(FenceKey.context(job.finished), 0);
        return List.copyOf(byFinished.subMap(first, job.finished).values());
    }

    /// Forgets a job under all its names, where they are still its own.
    void remove(Job job) {
        all.remove(job);
        byFinished.remove(job.finished, job);
        byAddress.remove(job.address, job);
        byRingId.remove(new RingId(job.ring, job.id), job);
        byHardware.remove(job.hardware, job);
    }

    /// Counts every job still on its way at the end of the trace.
    void finish() {
        for (Job job : all.keySet()) {
            Pair pair = job.pair;
            if (pair != null) {
                book.openAtEnd(pair);
            }
        }
        all.clear();
    }
}
