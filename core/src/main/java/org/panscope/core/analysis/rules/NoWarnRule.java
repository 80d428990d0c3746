package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.CsProg;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// I34. WARN() that user space can reach: log spam, and death with panic_on_warn (R15).
final class NoWarnRule extends Rule {
    /// Sites that check what user space passed: sync objects and ring pointers.
    private static final Set<String> REACHABLE =
            Set.of(
                    "cs_slot_prog_locked",
                    "panthor_syncobj_create",
                    "sync_upd_work",
                    "group_sync_upd_work",
                    "panthor_vm_unmap_range");

    /// Texts told apart; what a trace holds beyond is not reported.
    private static final int MOST_TEXTS = 1000;

    private final Map<String, long[]> warned = new TreeMap<>();

    NoWarnRule() {
        super(
                new RuleInfo(
                        "I34",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "No queue is programmed with INSERT behind EXTRACT, and nothing an"
                                + " application passes makes the kernel warn.",
                        List.of(CsProg.class, Warn.class),
                        "warnings the kernel prints once only"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case CsProg prog
                    when prog.warned()
                            || Long.compareUnsigned(prog.insert(), prog.extractInit()) < 0 ->
                    report(
                            List.of(ObjectId.queue(prog.gid(), prog.queue())),
                            "queue "
                                    + prog.queue()
                                    + " of group "
                                    + prog.gid()
                                    + " was programmed with INSERT "
                                    + prog.insert()
                                    + " behind EXTRACT "
                                    + prog.extractInit()
                                    + ".",
                            moment.seq());
            case Warn warn
                    when warn.kind() == WarnKind.WARN
                            && REACHABLE.contains(warn.site())
                            && !warn.site().equals("cs_slot_prog_locked") -> {
                String what = warn.site() + ": " + warn.text();
                if (warned.size() < MOST_TEXTS || warned.containsKey(what)) {
                    long[] seen =
                            warned.computeIfAbsent(
                                    what, key -> new long[] {moment.seq(), moment.seq(), 0});
                    seen[1] = moment.seq();
                    seen[2]++;
                }
            }
            default -> {}
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        warned.forEach((what, seen) ->
                report(
                        List.of(),
                        "the kernel warned "
                                + Texts.count(seen[2], "time")
                                + " of something an application passed: "
                                + what
                                + ".",
                        seen[0],
                        seen[1]));
    }
}
