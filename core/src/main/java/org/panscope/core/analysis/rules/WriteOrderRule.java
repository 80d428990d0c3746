package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Writer;

import java.util.List;

/// I10. User-space protocol: ring bytes, then INSERT, then the doorbell.
final class WriteOrderRule extends Rule {
    WriteOrderRule() {
        super(
                new RuleInfo(
                        "I10",
                        Severity.ERROR,
                        Blame.APPLICATION,
                        "The instructions that an INSERT store announces are in the ring"
                                + " before it.",
                        List.of(RingWrite.class, InsertWrite.class),
                        "instructions stored before the trace began"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (!(moment.event() instanceof InsertWrite insert) || insert.by() != Writer.USER) {
            return;
        }
        QueueFacts queue = machine.queue(insert.gid(), insert.queue());
        Long old = insert.oldInsert();
        if (queue == null
                || old == null
                || Long.compareUnsigned(insert.newInsert(), old) <= 0
                || insert.newInsert() - queue.extract > queue.ringSize) {
            return;
        }
        long gap = queue.ring.firstGap(Math.max(old, queue.extract), insert.newInsert());
        if (gap >= 0 && gap < insert.newInsert()) {
            report(
                    List.of(queue.id()),
                    "INSERT of "
                            + queue.title()
                            + " went from "
                            + old
                            + " to "
                            + insert.newInsert()
                            + " before anything was stored at ring offset "
                            + gap
                            + ": the GPU may execute what was there before.",
                    moment.seq());
        }
    }
}
