package org.panscope.core.export;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.perfetto.PerfettoWriter.Flows;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which events belong together: each effect with its cause, and all events of one fence. Asked for
/// one event after the other, from the first on.
final class EventFlows {
    private static final int CAUSE = 1;
    private static final int FENCE = 2;
    private static final long LOW = 0xffff_ffffL;
    private static final int FIRST_EDGES = 64;

    /// Cause in the upper half, effect in the lower one, sorted.
    private final long[] edges;

    private final List<int[]> fenceFields = new ArrayList<>();
    private int next;

    EventFlows(Trace trace) {
        edges = edges(trace);
        for (EventTypeInfo type : trace.types()) {
            fenceFields.add(fenceFields(type));
        }
    }

    private static long[] edges(Trace trace) {
        long[] edges = new long[FIRST_EDGES];
        int count = 0;
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            long cause = event.cause();
            if (cause != EventHeader.NO_CAUSE
                    && cause < trace.eventCount()
                    && event.seq() <= Integer.MAX_VALUE) {
                if (count == edges.length) {
                    edges = Arrays.copyOf(edges, count * 2);
                }
                edges[count++] = cause << 32 | event.seq();
            }
        }
        long[] sorted = Arrays.copyOf(edges, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /// Where a type has the context and the number of a fence; the kernel's events of a job name
    /// the fence that tells its end.
    private static int[] fenceFields(EventTypeInfo type) {
        for (String prefix : List.of("fence_", "")) {
            int context = type.fieldIndex(prefix + "context");
            int seqno = type.fieldIndex(prefix + "seqno");
            if (context >= 0
                    && seqno >= 0
                    && type.fields().get(context).kind() == FieldKind.INT
                    && type.fields().get(seqno).kind() == FieldKind.INT) {
                return new int[] {context, seqno};
            }
        }
        return new int[0];
    }

    /// The flows of the event a cursor is on.
    Flows of(EventCursor event) {
        List<Long> through = new ArrayList<>();
        List<Long> ending = new ArrayList<>();
        long seq = event.seq();
        while (next < edges.length && edges[next] >>> 32 < seq) {
            next++;
        }
        for (; next < edges.length && edges[next] >>> 32 == seq; next++) {
            through.add(flow(CAUSE, edges[next] & LOW, 0));
        }
        if (event.cause() != EventHeader.NO_CAUSE && seq <= Integer.MAX_VALUE) {
            ending.add(flow(CAUSE, seq, 0));
        }
        int[] fence = fenceFields.get(event.typeIndex());
        if (fence.length > 0 && event.isPresent(fence[0]) && event.isPresent(fence[1])) {
            // Some tracepoints cut both to 32 bits.
            through.add(
                    flow(FENCE, event.longValue(fence[0]) & LOW, event.longValue(fence[1]) & LOW));
        }
        return through.isEmpty() && ending.isEmpty() ? Flows.NONE : new Flows(through, ending);
    }

    /// A number that is the same for the same thing and for nothing else, but for a chance of one
    /// in 2^64 for each two.
    private static long flow(int kind, long one, long other) {
        return mix(mix(mix(kind) ^ one) ^ other);
    }

    /// The finaliser of SplitMix64.
    private static long mix(long value) {
        long mixed = value + 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
