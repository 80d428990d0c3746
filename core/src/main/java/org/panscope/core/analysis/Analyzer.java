package org.panscope.core.analysis;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.capture.CapturePass;
import org.panscope.core.analysis.rules.Machine;
import org.panscope.core.analysis.rules.MachineTracker;
import org.panscope.core.analysis.rules.Moment;
import org.panscope.core.analysis.rules.Rule;
import org.panscope.core.analysis.rules.RuleCatalog;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.state.EventTranslator;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/// Finds what is wrong in a trace, in one pass over its events.
public final class Analyzer {
    private static final long PROGRESS_EVERY = 65_536;

    private final Trace trace;
    private final EventTranslator translator;
    private final boolean isTranslated;
    private final List<Rule> rules;
    private final Map<Class<?>, List<Rule>> listeners = new LinkedHashMap<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();
    private final FindingBook book = new FindingBook();
    private final Machine machine;
    private final MachineTracker tracker;
    private long lastSeq;
    private long wakeAtNs = Long.MAX_VALUE;

    private Analyzer(Trace trace, List<Rule> rules) {
        this.trace = trace;
        this.isTranslated = !trace.header().isEmulated();
        this.translator = isTranslated ? TraceReduction.translatorFor(trace) : EventTranslator.NONE;
        this.rules = rules;
        this.machine = new Machine(trace.header());
        this.tracker = new MachineTracker(machine);
        for (Rule rule : rules) {
            rule.reportTo(book);
            for (Class<?> kind : rule.info().needs()) {
                listeners.computeIfAbsent(kind, type -> new ArrayList<>()).add(rule);
            }
        }
    }

    /// Judges a trace by every rule.
    public static Verdict analyze(Trace trace) {
        return analyze(trace, done -> {});
    }

    /// Judges a trace by every rule.
    ///
    /// @param progress told now and then how many events have been read; may throw to give up
    public static Verdict analyze(Trace trace, LongConsumer progress) {
        return new Analyzer(trace, RuleCatalog.rules()).run(progress);
    }

    private Verdict run(LongConsumer progress) {
        boolean[] matters = new boolean[trace.types().size()];
        for (int i = 0; i < matters.length; i++) {
            matters[i] = matters(trace.types().get(i));
        }
        CapturePass capture = isTranslated ? new CapturePass(trace, book) : null;
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            if (capture != null) {
                capture.see(cursor);
            }
            if (matters[cursor.typeIndex()]) {
                see(cursor.event());
            } else {
                passTime(cursor.timeNs());
                lastSeq = cursor.seq();
            }
            if (cursor.seq() % PROGRESS_EVERY == 0) {
                progress.accept(cursor.seq());
            }
        }
        machine.noteTime(trace.lastTimeNs());
        for (Rule rule : rules) {
            rule.end(lastSeq, machine);
        }
        if (capture != null) {
            capture.finish();
        }
        progress.accept(trace.eventCount());
        return verdict(capture);
    }

    /// Whether events of a type can change what the rules know.
    private boolean matters(EventTypeInfo type) {
        RecordType known = type.isDynamic() ? null : Vocabulary.get().named(type.name());
        if (known == null) {
            return isTranslated;
        }
        seen.add(known.recordClass());
        return listeners.containsKey(known.recordClass())
                || MachineTracker.takesNoteOf(known.recordClass());
    }

    private void see(Event event) {
        TraceEvent known = event.record();
        if (known != null) {
            see(event.seq(), event.header(), known);
            return;
        }
        for (TraceEvent meaning : translator.translate(event)) {
            see(event.seq(), event.header(), meaning);
        }
        lastSeq = event.seq();
    }

    private void see(long seq, EventHeader header, TraceEvent event) {
        passTime(header.timeNs());
        lastSeq = seq;
        Moment moment = new Moment(seq, header, event);
        tracker.note(moment);
        seen.add(event.getClass());
        List<Rule> interested = listeners.get(event.getClass());
        if (interested != null) {
            for (Rule rule : interested) {
                rule.see(moment, machine);
            }
        }
        tracker.settle(moment);
        for (Rule rule : rules) {
            wakeAtNs = Math.min(wakeAtNs, rule.wakeAtNs());
        }
    }

    private void passTime(long nowNs) {
        if (nowNs < wakeAtNs) {
            return;
        }
        wakeAtNs = Long.MAX_VALUE;
        for (Rule rule : rules) {
            rule.passTime(nowNs, lastSeq, machine);
            wakeAtNs = Math.min(wakeAtNs, rule.wakeAtNs());
        }
    }

    private Verdict verdict(@Nullable CapturePass capture) {
        List<Verdict.Uncheckable> unable = new ArrayList<>();
        List<String> checked = new ArrayList<>();
        for (Rule rule : rules) {
            List<String> missing = missing(rule.info());
            if (missing.isEmpty()) {
                checked.add(rule.info().id());
            } else {
                book.forget(rule.info().id());
                unable.add(
                        new Verdict.Uncheckable(
                                rule.info().id(),
                                "not checkable: needs " + String.join(", ", missing)));
            }
        }
        if (capture != null) {
            unable.addAll(capture.unable());
            checked.addAll(capture.judging());
        }
        return new Verdict(book.inOrder(), book.dropped(), unable, checked);
    }

    /// Kinds of event a rule needs and this trace does not hold. A run tells everything that
    /// happened: what it holds none of did not happen.
    private List<String> missing(RuleInfo info) {
        List<String> missing = new ArrayList<>();
        if (!trace.header().isEmulated()) {
            for (Class<? extends TraceEvent> kind : info.needs()) {
                if (!seen.contains(kind)) {
                    missing.add(Vocabulary.get().of(kind).info().name());
                }
            }
        }
        return missing;
    }
}
