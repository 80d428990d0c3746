package org.panscope.core.explain;

import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One question being answered: what is known, and how far the chain has come. Each object is
/// explained once; where a chain comes back to it, it says so.
final class Inquiry {
    /// Links behind each other; a chain of a driver's objects is much shorter.
    private static final int DEEPEST = 64;

    final Known known;
    final TraceFacts facts;
    final Isa isa;
    final Producers producers;
    private final List<ObjectId> path = new ArrayList<>();
    private final Set<ObjectId> explained = new LinkedHashSet<>();

    Inquiry(Known known, TraceFacts facts, Isa isa) {
        this.known = known;
        this.facts = facts;
        this.isa = isa;
        producers = new Producers(known, facts, isa);
    }

    /// Why an object does not run or is not signalled. What is asked for in words of another kind,
    /// such as a wait for a value, has a method of its own.
    Link about(ObjectId id) {
        return enter(
                id,
                () ->
                        switch (id.kind()) {
                            case "queue" -> new QueueReasons(this).explain(id);
                            case "group" -> new GroupReasons(this).explain(id);
                            case "fence" -> new FenceReasons(this).explain(id);
                            case "syncobj" -> new SyncobjReasons(this).explain(id, null);
                            case "sync" -> new SyncReasons(this).explain(id);
                            case "job" -> new JobReasons(this).explain(id);
                            case "xgs-job" -> new XgsReasons(this).job(id);
                            case "xgs-queue" -> new XgsReasons(this).queue(id);
                            case "vm" -> new VmReasons(this).explain(id);
                            case "bo" -> new VmReasons(this).bo(id);
                            case "slot" -> new GroupReasons(this).slot(id);
                            case "thread" -> new ThreadReasons(this).explain(id);
                            default ->
                                    Link.unknown(
                                            id,
                                            "Nothing is known of what " + id + " waits for.",
                                            Link.NO_EVENT);
                        });
    }

    /// Something that explains an object.
    @FunctionalInterface
    interface Explaining {
        Link explain();
    }

    /// Explains an object unless the chain has been there.
    Link enter(ObjectId id, Explaining explaining) {
        int before = path.indexOf(id);
        if (before >= 0) {
            return cycle(id, path.subList(before, path.size()));
        }
        if (path.size() >= DEEPEST) {
            return Link.unknown(id, "The chain goes on behind " + id + ".", Link.NO_EVENT);
        }
        if (!explained.add(id)) {
            return Link.waiting(id, "As above: " + id + ".", Link.NO_EVENT);
        }
        path.add(id);
        try {
            return explaining.explain();
        } finally {
            path.removeLast();
        }
    }

    private Link cycle(ObjectId id, List<ObjectId> around) {
        StringBuilder text = new StringBuilder("A cycle: ");
        for (ObjectId each : around) {
            text.append(each).append(" -> ");
        }
        text.append(id).append(". Each waits for the next.");
        return Link.cause(id, text.toString(), Link.NO_EVENT, cycleRemedy(around));
    }

    private String cycleRemedy(List<ObjectId> around) {
        if (around.stream().anyMatch(each -> each.kind().equals("lock"))) {
            return "Nothing in the cycle can move. A timeout does not end it: its handler evaluates"
                    + " the job once more, for which it needs the same lock.";
        }
        for (ObjectId each : around) {
            if (each.kind().equals("xgs-job")) {
                Long due = new XgsReasons(this).timeoutAt(each);
                return "Nothing in the cycle can move; only the timeout of "
                        + each
                        + (due == null ? "" : " at " + new Cursor(due, null))
                        + " ends it, with an error.";
            }
        }
        return "Nothing in the cycle can move; somebody outside it has to.";
    }

    // ---- words --------------------------------------------------------------------------------

    /// The cursor behind an event: the state it led to.
    String at(long seq) {
        return new Cursor(facts.timeNs(seq), seq + 1).toString();
    }

    String at(Seen<?> event) {
        return at(event.seq());
    }

    /// How long ago something happened.
    String ago(long timeNs) {
        return duration(known.nowNs() - timeNs);
    }

    static String duration(long ns) {
        return ns < 10_000
                ? ns + " ns"
                : ns < 10_000_000
                        ? ns / 1_000 + " us"
                        : ns < 10_000_000_000L ? ns / 1_000_000 + " ms" : ns / 1_000_000_000 + " s";
    }
}
