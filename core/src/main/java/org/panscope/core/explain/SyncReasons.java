package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.TraceFacts.Write;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.StreamRow.Status;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;

import java.util.ArrayList;
import java.util.List;

/// Why a sync object does not have the value somebody waits for.
final class SyncReasons {
    private final Inquiry inquiry;
    private final Known known;

    /// Who has to look at the value.
    enum Waiter {
        FIRMWARE,
        KERNEL,
        XGS,
        APPLICATION
    }

    /// What the value has to be.
    ///
    /// @param gt greater than the reference, else less or equal
    /// @param bytes width of the value that is compared
    record Condition(boolean gt, long ref, int bytes) {
        boolean isTrue(long value) {
            int order = Long.compareUnsigned(value, ref);
            return gt ? order > 0 : order <= 0;
        }

        @Override
        public String toString() {
            return (gt ? "> " : "<= ") + Long.toUnsignedString(ref);
        }
    }

    SyncReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    /// Who would write it next, whatever is waited for.
    Link explain(ObjectId id) {
        return Link.waiting(id, now(id, Long.BYTES) + ".", lastWrite(id), producers(id));
    }

    /// Why a condition is not true, or not seen to be.
    Link waited(ObjectId id, Condition condition, Waiter waiter, ObjectId who) {
        Long value = value(id, condition.bytes());
        if (value != null && condition.isTrue(value)) {
            return unseen(id, condition, waiter, who, value);
        }
        return inquiry.enter(
                id,
                () ->
                        Link.waiting(
                                id,
                                now(id, condition.bytes())
                                        + ", and "
                                        + who
                                        + " needs "
                                        + condition
                                        + ".",
                                lastWrite(id),
                                producers(id)));
    }

    /// The value in memory, or null when the trace does not show it.
    private @Nullable Long value(ObjectId id, int bytes) {
        Long value = known.number(id, Belief.MEMORY, "value");
        return value != null ? value : known.memory(vm(id), va(id), bytes);
    }

    private String now(ObjectId id, int bytes) {
        Long value = value(id, bytes);
        Write write = seenWrite(id);
        return id
                + (value == null
                        ? " has a value that the trace does not show"
                        : " holds " + Long.toUnsignedString(value))
                + (write == null
                        ? ""
                        : ", written last by " + writer(write) + " at " + inquiry.at(write.seen()));
    }

    private static String writer(Write write) {
        SyncMem event = write.seen().event();
        return switch (event.writer()) {
            case GPU -> write.queue() == null ? "the GPU" : write.queue().toString();
            case XGS -> "an XGS job";
            case KERNEL_TERM -> "the driver";
            case CPU_USER -> "an application";
        };
    }

    /// The value is there, and nobody has looked since.
    private Link unseen(ObjectId id, Condition condition, Waiter waiter, ObjectId who, long value) {
        Write write = seenWrite(id);
        String satisfied =
                id
                        + " holds "
                        + Long.toUnsignedString(value)
                        + ", which is "
                        + condition
                        + ", since "
                        + (write == null ? "an event not seen" : inquiry.at(write.seen()))
                        + ", written by "
                        + (write == null ? "somebody unknown" : writer(write))
                        + "; "
                        + who
                        + " has not been evaluated again.";
        long seq = write == null ? Link.NO_EVENT : write.seen().seq();
        SyncWriter writer = write == null ? SyncWriter.GPU : write.seen().event().writer();
        if (waiter == Waiter.XGS && writer == SyncWriter.XGS) {
            return Link.cause(
                    id,
                    satisfied + " A SIGNAL of an XGS queue makes no other XGS queue look (R10).",
                    seq,
                    "The next sync-update event of the firmware or a SYNC_UPDATE ioctl of the file"
                            + " does.");
        }
        if (writer == SyncWriter.XGS) {
            return Link.cause(
                    id,
                    satisfied
                            + " A SIGNAL of an XGS queue rings no doorbell: it counts on a tick"
                            + " that asks the firmware for its status, and none follows while the"
                            + " driver does not know that the queue waits (R9).",
                    seq,
                    "A SYNC_UPDATE ioctl, GROUP_KICK or the next tick makes the firmware look.");
        }
        if (writer == SyncWriter.CPU_USER) {
            return Link.cause(
                    id,
                    satisfied + " A store of an application tells nobody.",
                    seq,
                    "The application has to call SYNC_UPDATE behind the store.");
        }
        return Link.waiting(
                id,
                satisfied
                        + (waiter == Waiter.XGS
                                ? " XGS queues are evaluated when the driver takes notice of a"
                                        + " sync-update event."
                                : " The firmware looks again on its own."),
                seq);
    }

    // ---- producers ----------------------------------------------------------------------------

    private List<Link> producers(ObjectId id) {
        long vm = vm(id);
        long va = va(id);
        List<Link> links = new ArrayList<>();
        for (Producers.Instruction instruction : inquiry.producers.instructionsFor(vm, va)) {
            links.add(instruction(instruction));
        }
        for (XgsFacts.Signal signal : inquiry.producers.signalsFor(vm, va)) {
            ObjectId job = ObjectId.of("xgs-job", signal.job());
            links.add(
                    Link.waiting(
                            job,
                            "It would be written by "
                                    + job
                                    + ", operation "
                                    + signal.index()
                                    + ": "
                                    + signal.text()
                                    + ", which is not executed yet.",
                            Link.NO_EVENT,
                            inquiry.about(job)));
        }
        for (XgsFacts.Lost lost : inquiry.producers.lostFor(vm, va)) {
            links.add(lost(lost));
        }
        return links.isEmpty() ? List.of(nobody(id, vm)) : links;
    }

    private Link instruction(Producers.Instruction instruction) {
        ObjectId queue = instruction.queue();
        var row = instruction.row();
        String text = row.text();
        String where =
                row.depth() > 0 || row.address() != null
                        ? "0x" + Long.toHexString(row.address() == null ? 0 : row.address())
                        : "ring offset " + row.offset();
        String would = "It would be written by " + queue + ": " + text + " at " + where;
        if (instruction.isLate()) {
            return Link.cause(
                    queue,
                    "It should have been written by "
                            + queue
                            + ": "
                            + text
                            + " at "
                            + where
                            + ". That word was stored at "
                            + inquiry.at(row.writtenBy())
                            + ", after INSERT had announced its place; the firmware was past it and"
                            + " executed what stood there before.",
                    row.writtenBy(),
                    "A barrier between the words and INSERT; the batch has to be submitted again.");
        }
        Status status = row.status();
        String far =
                status == null
                        ? "which is not executed yet"
                        : switch (status) {
                            case WRITTEN -> "which stands behind INSERT";
                            case PUBLISHED ->
                                    "which INSERT announces and the firmware has not seen";
                            case EXECUTING -> "which it executes now";
                            default -> "which the firmware has seen and not executed";
                        };
        return Link.waiting(queue, would + ", " + far + ".", row.writtenBy(), inquiry.about(queue));
    }

    private Link lost(XgsFacts.Lost lost) {
        XgsFacts.Signal signal = lost.signal();
        ObjectId job = ObjectId.of("xgs-job", signal.job());
        return Link.cause(
                job,
                "It would have been written by "
                        + job
                        + ", operation "
                        + signal.index()
                        + ": "
                        + signal.text()
                        + ". That job ended at "
                        + inquiry.at(lost.seq())
                        + " ("
                        + lost.how()
                        + ") at a WAIT before it, and what stands behind is never"
                        + " executed (I36).",
                lost.seq(),
                "Somebody else has to write the value, then call SYNC_UPDATE.");
    }

    /// No ring and no XGS queue holds anything that would write it.
    private Link nobody(ObjectId id, long vm) {
        String text =
                "No producer is known: no instruction in a ring and no operation of an XGS queue"
                        + " would write "
                        + id
                        + "."
                        + (inquiry.producers.isIncomplete() ? " Not all rings were read." : "");
        List<Link> threads = new ArrayList<>();
        Long file = known.number(ObjectId.of("vm", vm), Belief.KERNEL, "file");
        if (file != null) {
            for (int pid : inquiry.facts.threadsOf(file)) {
                ObjectId thread = ObjectId.of("thread", pid);
                if (known.has(thread)) {
                    threads.add(inquiry.about(thread));
                }
            }
        }
        boolean allWait =
                !threads.isEmpty()
                        && threads.stream().allMatch(link -> link.verdict() == Verdict.WAITING);
        return new Link(
                text
                        + (threads.isEmpty()
                                ? " An application may write it."
                                : allWait
                                        ? " Only its application could, and that waits itself:"
                                        : " Its application may still do it, or submit the work:"),
                threads.isEmpty() ? Verdict.UNKNOWN : Verdict.WAITING,
                id,
                Link.NO_EVENT,
                null,
                threads);
    }

    private @Nullable Write seenWrite(ObjectId id) {
        return inquiry.facts.lastWrite(vm(id), va(id));
    }

    private long lastWrite(ObjectId id) {
        long written = known.event(id, Belief.MEMORY, "value");
        return written >= 0 ? written : known.event(id, Belief.FIRMWARE, "last_wait");
    }

    static long vm(ObjectId sync) {
        return Long.parseLong(sync.key().substring(0, sync.key().indexOf('@')));
    }

    static long va(ObjectId sync) {
        return Long.parseUnsignedLong(sync.key().substring(sync.key().indexOf("@0x") + 3), 16);
    }
}
