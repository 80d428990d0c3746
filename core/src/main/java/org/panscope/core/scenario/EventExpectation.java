package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.EventFilter;
import org.panscope.core.filter.EventPredicate;
import org.panscope.core.filter.FilterException;
import org.panscope.core.record.EventListener;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

/// Watches a run for the events that its scenario expects: how many of a kind there are, and which
/// come one after the other.
final class EventExpectation implements EventListener {
    private final RecordedEvent current = new RecordedEvent();
    private final List<Count> counts = new ArrayList<>();
    private final List<Sequence> sequences = new ArrayList<>();

    /// Events of one kind.
    private static final class Count {
        private final EventPredicate predicate;
        private final Values expected;
        private long seen;

        Count(EventPredicate predicate, Values expected) {
            this.predicate = predicate;
            this.expected = expected;
        }
    }

    /// Events that come in this order; others may come between.
    private static final class Sequence {
        private final List<EventPredicate> predicates;
        private final Values expected;
        private int next;

        Sequence(List<EventPredicate> predicates, Values expected) {
            this.predicates = predicates;
            this.expected = expected;
        }
    }

    /// @param events objects of the shape [ScenarioShapes#EVENTS]
    /// @param orders objects of the shape [ScenarioShapes#SEQUENCE]
    /// @throws ScenarioException naming the filter that is none
    EventExpectation(String file, List<Values> events, List<Values> orders)
            throws ScenarioException {
        for (Values expected : events) {
            String where = expected.text("where");
            counts.add(new Count(compile(file, where, expected.place("where")), expected));
        }
        for (Values expected : orders) {
            List<EventPredicate> predicates = new ArrayList<>();
            for (Values.LocatedText text : expected.locatedTexts("order")) {
                predicates.add(compile(file, text.text(), text.place()));
            }
            sequences.add(new Sequence(predicates, expected));
        }
    }

    private static EventPredicate compile(String file, String filter, Place place)
            throws ScenarioException {
        try {
            return EventFilter.parse(filter).compile(RecordedEvent.TYPES);
        } catch (FilterException e) {
            throw new ScenarioException(
                    file, place, "\"" + filter + "\" is no filter: " + e.describe());
        }
    }

    @Override
    public void onEvent(long seq, EventHeader header, TraceEvent event) {
        current.set(seq, header, event);
        for (Count count : counts) {
            count.seen += count.predicate.test(current) ? 1 : 0;
        }
        for (Sequence sequence : sequences) {
            if (sequence.next < sequence.predicates.size()
                    && sequence.predicates.get(sequence.next).test(current)) {
                sequence.next++;
            }
        }
    }

    /// What the run did not show, one sentence each.
    List<String> complaints() {
        List<String> all = new ArrayList<>();
        for (Count count : counts) {
            String bound = missed(count);
            if (bound != null) {
                all.add(
                        told(count.expected)
                                + count.seen
                                + " events are \""
                                + count.expected.text("where")
                                + "\", expected "
                                + bound);
            }
        }
        for (Sequence sequence : sequences) {
            if (sequence.next < sequence.predicates.size()) {
                all.add(
                        told(sequence.expected)
                                + "no event is \""
                                + sequence.expected.texts("order").get(sequence.next)
                                + "\" after number "
                                + sequence.next
                                + " of the sequence");
            }
        }
        return all;
    }

    private static @Nullable String missed(Count count) {
        Values expected = count.expected;
        if (expected.has("count")) {
            long wanted = expected.number("count");
            return wanted == count.seen ? null : Long.toString(wanted);
        }
        long least = expected.number("at_least", expected.has("at_most") ? 0 : 1);
        long most = expected.number("at_most", Long.MAX_VALUE);
        if (count.seen < least) {
            return "at least " + least;
        }
        return count.seen > most ? "at most " + most : null;
    }

    private static String told(Values expected) {
        return "line "
                + expected.place()
                + (expected.has("about") ? " (" + expected.text("about") + ")" : "")
                + ": ";
    }
}
