package org.panscope.core.scenario;

import org.junit.jupiter.api.Assertions;
import org.panscope.core.scenario.EventLog.Entry;
import org.panscope.trace.event.TraceEvent;

import java.util.function.Predicate;

/// Walks forward through a log and insists that certain events come in a certain order; others may
/// stand between them.
final class EventOrder {
    private static final int SHOWN = 60;

    private final EventLog log;
    private int position;
    private String last = "the start";

    EventOrder(EventLog log) {
        this.log = log;
    }

    /// The next event of this type that fulfils the condition has to exist behind the last one
    /// found.
    ///
    /// @return its sequence number
    <T extends TraceEvent> long then(String what, Class<T> type, Predicate<T> condition) {
        for (int i = position; i < log.entries().size(); i++) {
            TraceEvent event = log.entries().get(i).event();
            if (type.isInstance(event) && condition.test(type.cast(event))) {
                position = i + 1;
                last = what;
                return i;
            }
        }
        return Assertions.fail("no \"" + what + "\" after \"" + last + "\"; there came\n" + rest());
    }

    /// No event of this type may stand between two places.
    <T extends TraceEvent> void never(String what, Class<T> type, long fromSeq, long toSeq) {
        for (long seq = fromSeq; seq < toSeq; seq++) {
            Entry entry = log.entry(seq);
            Assertions.assertFalse(
                    type.isInstance(entry.event()),
                    what + ": " + EventLog.line(entry.event()) + " at seq " + seq);
        }
    }

    private String rest() {
        StringBuilder text = new StringBuilder();
        int end = Math.min(position + SHOWN, log.entries().size());
        for (Entry entry : log.entries().subList(position, end)) {
            text.append(entry.seq())
                    .append(" @")
                    .append(entry.header().timeNs())
                    .append(' ')
                    .append(EventLog.line(entry.event()))
                    .append('\n');
        }
        return text.toString();
    }
}
