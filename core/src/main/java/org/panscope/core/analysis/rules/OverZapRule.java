package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// I33. The series zaps from the doorbell page to the end of the file, in every file.
final class OverZapRule extends Rule {
    private final Set<DoorbellPages.Pte> taken = new LinkedHashSet<>();
    private final Map<Integer, long[]> refaults = new TreeMap<>();

    OverZapRule() {
        super(
                new RuleInfo(
                        "I33",
                        Severity.WARNING,
                        Blame.DRIVER,
                        "Binding or unbinding a group removes no doorbell mapping of another"
                                + " file.",
                        List.of(DbZap.class, DbFault.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (moment.event() instanceof DbZap zap) {
            GroupFacts cause = machine.group(zap.gid());
            for (DoorbellPages.Pte pte : machine.pages.covered(zap)) {
                if (cause != null && cause.fileId != pte.fileId()) {
                    taken.add(pte);
                }
            }
        } else if (moment.event() instanceof DbFault fault) {
            boolean isAgain =
                    taken.removeIf(pte ->
                            pte.fileId() == fault.fileId() && pte.handle() == fault.handle());
            if (isAgain) {
                long[] seen =
                        refaults.computeIfAbsent(
                                fault.fileId(), file -> new long[] {moment.seq(), 0, 0});
                seen[1] = moment.seq();
                seen[2]++;
            }
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        refaults.forEach((file, seen) ->
                report(
                        List.of(ObjectId.of("file", file)),
                        "process "
                                + machine.processOf(file)
                                + " took "
                                + Texts.count(seen[2], "doorbell fault")
                                + " only because groups of other files were bound or"
                                + " unbound.",
                        seen[0],
                        seen[1]));
    }
}
