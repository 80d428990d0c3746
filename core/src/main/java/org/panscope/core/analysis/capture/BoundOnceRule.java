package org.panscope.core.analysis.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// C9. A group that is scheduled twice shows on a real board, where panthor's functions are probed:
/// it is bound while it is bound already, or a slot is taken that another group still holds
/// (`panthor_sched.c: group_bind_locked`, which warns of both).
final class BoundOnceRule extends CaptureRule {
    private static final int MOST = 1000;
    private static final int MOST_CPUS = 4096;

    private final Map<String, Pair> bySlot = new LinkedHashMap<>();
    private final Map<String, Pair> byGroup = new LinkedHashMap<>();
    private final List<Twice> suspects = new ArrayList<>();
    private final Set<Integer> cpus = new TreeSet<>();

    /// The last event before which a part of a CPU's events may be missing.
    private long lastBreak;

    /// Two bindings without an end in between.
    private record Twice(Pair first, Pair second) {}

    BoundOnceRule() {
        super(
                RuleInfo.ofCaptures(
                        "C9",
                        Severity.ERROR,
                        "A group is on one CSG slot at a time, and a slot holds one group.",
                        List.of("group_bind_locked", "group_unbind_locked"),
                        "bindings before a CPU's first event, or across lost events; the probes do"
                                + " not tell whether a binding was refused"));
    }

    @Override
    public void see(EventCursor event, String name) {
        if (cpus.size() < MOST_CPUS && cpus.add(event.cpu())) {
            lastBreak = event.seq();
        }
    }

    @Override
    public void begun(Pair pair, EventCursor event) {
        if (pair.kind() == PairKind.GROUP_BOUND) {
            Pair ofGroup = byGroup.get(pair.name());
            Pair onSlot = bySlot.get(pair.owner());
            suspect(ofGroup, pair);
            if (onSlot != ofGroup) {
                suspect(onSlot, pair);
            }
            if (byGroup.size() < MOST) {
                byGroup.put(pair.name(), pair);
                bySlot.put(pair.owner(), pair);
            }
        }
    }

    private void suspect(@Nullable Pair first, Pair second) {
        if (first != null && first.beginSeq() >= lastBreak && suspects.size() < MOST) {
            suspects.add(new Twice(first, second));
        }
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        if (pair.kind() == PairKind.GROUP_BOUND) {
            byGroup.remove(pair.name(), pair);
            bySlot.remove(pair.owner(), pair);
        }
    }

    @Override
    public void end(Trace trace) {
        for (Twice twice : suspects) {
            boolean isBroken =
                    trace.losses().stream()
                            .anyMatch(loss ->
                                    loss.beforeSeq() > twice.first().beginSeq()
                                            && loss.beforeSeq() <= twice.second().beginSeq());
            if (!isBroken) {
                report(twice);
            }
        }
    }

    private void report(Twice twice) {
        Pair first = twice.first();
        Pair second = twice.second();
        boolean isSameGroup = first.name().equals(second.name());
        report(
                List.of(slot(second)),
                isSameGroup
                        ? second.name()
                                + " is bound to "
                                + second.owner()
                                + " while it is on "
                                + first.owner()
                                + " already."
                        : second.name()
                                + " is bound to "
                                + second.owner()
                                + ", which "
                                + first.name()
                                + " still holds.",
                first.beginSeq(),
                second.beginSeq());
    }

    private static ObjectId slot(Pair pair) {
        return new ObjectId("slot", pair.owner().substring(pair.owner().indexOf(' ') + 1));
    }
}
