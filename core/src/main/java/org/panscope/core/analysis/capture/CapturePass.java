package org.panscope.core.analysis.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.FindingBook;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Verdict;
import org.panscope.core.capture.pairing.CapturePairs;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.core.capture.pairing.PairSink;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Shows a capture to the rules that judge it: give it every event, in order, then call [#finish].
public final class CapturePass {
    private final Trace trace;
    private final List<CaptureRule> rules = new ArrayList<>();
    private final List<Verdict.Uncheckable> unable = new ArrayList<>();
    private final CapturePairs pairs;
    private final List<@Nullable Consumer<EventCursor>> readers;
    private final List<String> names = new ArrayList<>();

    /// @param book where findings go
    public CapturePass(Trace trace, FindingBook book) {
        this.trace = trace;
        Set<String> recorded = CapturePairs.recordedNames(trace);
        for (CaptureRule rule : CaptureCatalog.rules()) {
            List<String> missing = missing(rule.info(), recorded);
            if (missing.isEmpty()) {
                rule.reportTo(book);
                rules.add(rule);
            } else {
                unable.add(
                        new Verdict.Uncheckable(
                                rule.info().id(),
                                "not checkable: needs " + String.join(", ", missing)));
            }
        }
        pairs = new CapturePairs(trace, new All());
        readers = pairs.readers();
        trace.types()
                .forEach(
                        type -> names.add(type.name().substring(type.name().lastIndexOf(':') + 1)));
    }

    private static List<String> missing(RuleInfo info, Set<String> recorded) {
        List<String> missing = new ArrayList<>();
        for (String tracepoint : info.tracepoints()) {
            List<String> any = List.of(tracepoint.split("\\|", -1));
            if (any.stream().noneMatch(recorded::contains)) {
                missing.add(String.join(" or ", any));
            }
        }
        return missing;
    }

    /// The next event.
    public void see(EventCursor event) {
        String name = names.get(event.typeIndex());
        for (CaptureRule rule : rules) {
            rule.see(event, name);
        }
        Consumer<EventCursor> reader = readers.get(event.typeIndex());
        if (reader != null) {
            reader.accept(event);
        }
    }

    /// There are no more events.
    public void finish() {
        pairs.finish();
        for (CaptureRule rule : rules) {
            rule.end(trace);
        }
    }

    /// Rules that cannot judge this capture.
    public List<Verdict.Uncheckable> unable() {
        return List.copyOf(unable);
    }

    /// Ids of those that can.
    public List<String> judging() {
        return rules.stream().map(rule -> rule.info().id()).toList();
    }

    /// Hands on to every rule.
    private final class All implements PairSink {
        @Override
        public void begun(Pair pair, EventCursor event) {
            rules.forEach(rule -> rule.begun(pair, event));
        }

        @Override
        public void ended(Pair pair, EventCursor event, Outcome outcome) {
            rules.forEach(rule -> rule.ended(pair, event, outcome));
        }

        @Override
        public void unfinished(Pair pair, boolean isUnbroken) {
            rules.forEach(rule -> rule.unfinished(pair, isUnbroken));
        }

        @Override
        public void loneEnd(PairKind kind, String name, long seqno, EventCursor event) {
            rules.forEach(rule -> rule.loneEnd(kind, name, seqno, event));
        }

        @Override
        public void excluded(Pair before, Pair pair) {
            rules.forEach(rule -> rule.excluded(before, pair));
        }

        @Override
        public void busy(Pair job, long fromNs, EventCursor event) {
            rules.forEach(rule -> rule.busy(job, fromNs, event));
        }
    }
}
