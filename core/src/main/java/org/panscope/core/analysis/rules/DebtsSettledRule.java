package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.isa.Isa;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.ProcessExit;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// I31. The series terminates user-submit groups in silence (R16).
final class DebtsSettledRule extends Rule {
    private static final long TERM_NS = 10_000_000;

    /// ETIME of a wait.
    private static final int TIMED_OUT = -62;

    /// What a dead group owes is remembered that long, for waits that begin later.
    private static final long MEMORY_NS = 1_000_000_000;

    private final Map<Long, Wait> waits = new TreeMap<>();
    private final Map<Long, Debt> debts = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();

    /// A thread that waits.
    private record Wait(long pid, String process, UserWaitBegin what, long seq, long sinceNs) {}

    /// What a dead group owes.
    private static final class Debt {
        final GroupFacts group;
        final String process;
        final Set<Long> owed = new TreeSet<>();
        final long seq;
        final long sinceNs;
        final String reason;
        boolean isTold;

        Debt(GroupFacts group, String process, Moment term, String reason, Isa isa) {
            this.group = group;
            this.process = process;
            this.seq = term.seq();
            this.sinceNs = term.timeNs();
            this.reason = reason;
            for (QueueFacts queue : group.queues) {
                owed.addAll(OwedWrites.of(queue, isa));
            }
        }
    }

    DebtsSettledRule() {
        super(
                new RuleInfo(
                        "I31",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "Terminating a group wakes whoever waits for the sync objects it was"
                                + " to store, or for its eventfd, within a tick.",
                        List.of(
                                Term.class,
                                UserWaitBegin.class,
                                UserWaitEnd.class,
                                FwCs.class,
                                RingWrite.class,
                                Eventfd.class,
                                ProcessExit.class),
                        "waits of threads that poll memory, where nobody told of them; stores"
                                + " of called buffers"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        long pid = moment.header().pid();
        switch (moment.event()) {
            case UserWaitBegin begin ->
                    waits.put(
                            pid,
                            new Wait(pid, process(moment), begin, moment.seq(), moment.timeNs()));
            case UserWaitEnd end -> ended(waits.remove(pid), end, moment);
            case ProcessExit exit ->
                    waits.values().removeIf(wait -> wait.process().equals(exit.process()));
            case Eventfd count -> owners.put("eventfd:" + count.eventfd(), count.owner());
            case Term term -> terminated(term, moment, machine);
            default -> {}
        }
    }

    private static String process(Moment moment) {
        String comm = moment.header().comm();
        return comm == null ? "" : comm;
    }

    private void terminated(Term term, Moment moment, Machine machine) {
        GroupFacts group = machine.group(term.gid());
        if (group == null || !group.isUserSubmit) {
            return;
        }
        if (group.queues.stream().noneMatch(QueueFacts::hasWork)) {
            return;
        }
        debts.put(
                group.gid,
                new Debt(
                        group,
                        machine.processOf(group.fileId),
                        moment,
                        term.reason().label(),
                        machine.isa()));
        wakeBy(moment.timeNs() + TERM_NS);
    }

    private void ended(@Nullable Wait wait, UserWaitEnd end, Moment moment) {
        Integer result = end.result();
        boolean isInVain = result != null && result == TIMED_OUT;
        for (Debt debt : debts.values()) {
            if (wait != null
                    && isFor(wait, debt)
                    && moment.timeNs()
                                    - (isInVain
                                            ? debt.sinceNs
                                            : Math.max(wait.sinceNs(), debt.sinceNs))
                            >= TERM_NS) {
                tell(debt, List.of("thread " + wait.pid()), wait.seq(), moment.seq());
            }
        }
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        for (Iterator<Debt> all = debts.values().iterator(); all.hasNext(); ) {
            Debt debt = all.next();
            if (debt.isTold || nowNs - debt.sinceNs > MEMORY_NS) {
                all.remove();
            } else {
                look(debt, nowNs, seq, machine);
                wakeBy(nowNs + TERM_NS);
            }
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        if (machine.isAtRest) {
            debts.values().forEach(debt -> look(debt, Long.MAX_VALUE, lastSeq, machine));
        }
    }

    private void look(Debt debt, long nowNs, long seq, Machine machine) {
        List<String> waiters = new ArrayList<>();
        long waitSeq = -1;
        for (Wait wait : waits.values()) {
            if (isFor(wait, debt) && nowNs - Math.max(wait.sinceNs(), debt.sinceNs) >= TERM_NS) {
                waiters.add("thread " + wait.pid());
                waitSeq = wait.seq();
            }
        }
        for (GroupFacts group : machine.groups()) {
            for (QueueFacts queue : group.queues) {
                SyncWait wait = queue.wait;
                if (wait != null
                        && group != debt.group
                        && group.canRun()
                        && Objects.equals(group.vmId, debt.group.vmId)
                        && debt.owed.contains(wait.va())
                        && nowNs - Math.max(wait.sinceNs(), debt.sinceNs) >= TERM_NS) {
                    waiters.add(queue.title());
                    waitSeq = wait.seq();
                }
            }
        }
        for (XgsJobFacts job : machine.xgsJobs.values()) {
            for (XgsJobFacts.Op op : job.ops) {
                if (op.isWait()
                        && op.triedSeq >= 0
                        && op.doneSeq < 0
                        && op.failedSeq < 0
                        && Objects.equals(job.queue.vmId, debt.group.vmId)
                        && debt.owed.contains(op.va)) {
                    waiters.add("XGS job " + job.job);
                    waitSeq = op.triedSeq;
                }
            }
        }
        if (!waiters.isEmpty()) {
            tell(debt, waiters, waitSeq, seq);
        }
    }

    private boolean isFor(Wait wait, Debt debt) {
        String object = wait.what().object();
        if (wait.what().kind() == WaitKind.EVENTFD) {
            String owner = owners.get(object);
            return debt.group.hasEventfd
                    && (owner == null
                            ? debt.process.equals(wait.process())
                            : owner.equals(debt.group.id().toString()));
        }
        if (wait.what().kind() != WaitKind.SYNC_OBJECT) {
            return false;
        }
        for (long va : debt.owed) {
            if (object.endsWith(Texts.hex(va))) {
                return true;
            }
        }
        return false;
    }

    private void tell(Debt debt, List<String> waiters, long waitSeq, long seq) {
        if (debt.isTold) {
            return;
        }
        debt.isTold = true;
        List<String> owed = new ArrayList<>();
        debt.owed.forEach(va -> owed.add(Texts.hex(va)));
        report(
                List.of(debt.group.id()),
                "group "
                        + debt.group.gid
                        + " was terminated ("
                        + debt.reason
                        + ") with work left"
                        + (owed.isEmpty() ? "" : ", which was to store to " + Texts.list(owed))
                        + "; "
                        + Texts.list(waiters)
                        + (waiters.size() == 1 ? " waits" : " wait")
                        + " for it, and nobody was told.",
                debt.seq,
                waitSeq,
                seq);
    }
}
