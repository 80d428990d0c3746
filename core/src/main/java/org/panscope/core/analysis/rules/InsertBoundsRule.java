package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Writer;

import java.util.List;

/// I11. The ring protocol.
final class InsertBoundsRule extends Rule {
    InsertBoundsRule() {
        super(
                new RuleInfo(
                        "I11",
                        Severity.ERROR,
                        Blame.APPLICATION,
                        "INSERT never goes back, is never more than the ring ahead of EXTRACT,"
                                + " and what is announced and not executed is not overwritten.",
                        List.of(RingWrite.class, InsertWrite.class),
                        "EXTRACT between two events that tell it"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case InsertWrite insert when insert.by() == Writer.USER ->
                    inserted(insert, moment, machine);
            case RingWrite write when write.by() == Writer.USER -> stored(write, moment, machine);
            default -> {}
        }
    }

    private void inserted(InsertWrite insert, Moment moment, Machine machine) {
        QueueFacts queue = machine.queue(insert.gid(), insert.queue());
        if (queue == null) {
            return;
        }
        Long old = insert.oldInsert();
        long ahead = insert.newInsert() - queue.extract;
        if (old != null && Long.compareUnsigned(insert.newInsert(), old) < 0) {
            report(
                    List.of(queue.id()),
                    "INSERT of "
                            + queue.title()
                            + " went back from "
                            + old
                            + " to "
                            + insert.newInsert()
                            + ".",
                    moment.seq());
        } else if (ahead > queue.ringSize || ahead < 0) {
            report(
                    List.of(queue.id()),
                    "INSERT of "
                            + queue.title()
                            + " is "
                            + insert.newInsert()
                            + ", EXTRACT "
                            + queue.extract
                            + ": that is not within the ring's "
                            + queue.ringSize
                            + " bytes.",
                    moment.seq());
        } else if (insert.newInsert() % Long.BYTES != 0) {
            report(
                    List.of(queue.id()),
                    "INSERT of "
                            + queue.title()
                            + " is "
                            + insert.newInsert()
                            + ", which is not a whole number of instructions of 8 bytes.",
                    moment.seq());
        }
    }

    private void stored(RingWrite write, Moment moment, Machine machine) {
        QueueFacts queue = machine.queue(write.gid(), write.queue());
        if (queue == null) {
            return;
        }
        RingImage.Piece overwritten = queue.overwritten;
        if (overwritten != null) {
            report(
                    List.of(queue.id()),
                    "the application stored over ring offsets "
                            + overwritten.at()
                            + " to "
                            + overwritten.end()
                            + " of "
                            + queue.title()
                            + ", which are announced and not executed (EXTRACT "
                            + queue.extract
                            + ", INSERT "
                            + queue.insert
                            + ").",
                    overwritten.seq(),
                    moment.seq());
        } else if (write.at() + write.length() - queue.extract > queue.ringSize
                && queue.hasWork()) {
            report(
                    List.of(queue.id()),
                    "the application stored at ring offset "
                            + write.at()
                            + " of "
                            + queue.title()
                            + ", a whole ring ahead of EXTRACT "
                            + queue.extract
                            + ": instructions not executed yet are overwritten.",
                    moment.seq());
        }
    }
}
