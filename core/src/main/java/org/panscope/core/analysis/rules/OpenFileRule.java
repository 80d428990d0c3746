package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.FileClose;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// I30. `group->pfile` outlives the file (R7).
final class OpenFileRule extends Rule {
    private static final Pattern USE = Pattern.compile("use after free of file=([0-9]{1,9})");

    OpenFileRule() {
        super(
                new RuleInfo(
                        "I30",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "Nothing of a file is used after the file was closed, and a group"
                                + " never through a file that is not its own.",
                        List.of(
                                XgsRecheck.class,
                                FileClose.class,
                                GroupCreateStep.class,
                                Warn.class),
                        "uses no event tells of"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case XgsRecheck recheck -> rechecked(recheck, moment, machine);
            case Warn warn when warn.kind() == WarnKind.OOPS -> {
                Matcher use = USE.matcher(warn.text());
                if (use.find()) {
                    int fileId = Integer.parseInt(use.group(1));
                    Machine.FileFacts file = machine.files.get(fileId);
                    report(
                            List.of(ObjectId.of("file", fileId)),
                            warn.site()
                                    + " used file "
                                    + fileId
                                    + " of "
                                    + machine.processOf(fileId)
                                    + " after it had been closed: its memory is freed.",
                            file == null ? -1 : file.closedSeq,
                            moment.seq());
                }
            }
            default -> {}
        }
    }

    private void rechecked(XgsRecheck recheck, Moment moment, Machine machine) {
        Machine.FileFacts file = machine.files.get(recheck.fileId());
        GroupFacts group = machine.group(recheck.gid());
        if (file != null && file.closedSeq >= 0) {
            report(
                    List.of(ObjectId.of("file", file.fileId)),
                    "the XGS queues of file "
                            + file.fileId
                            + " of "
                            + file.process
                            + " were looked at"
                            + (group == null ? "" : " for group " + group.gid)
                            + " after the file had been closed: its memory is freed.",
                    file.closedSeq,
                    moment.seq());
        } else if (group != null && group.isCreationSeen && group.fileId != recheck.fileId()) {
            report(
                    List.of(group.id(), ObjectId.of("file", recheck.fileId())),
                    "an event of group "
                            + group.gid
                            + " of file "
                            + group.fileId
                            + " ran the XGS queues of file "
                            + recheck.fileId()
                            + ".",
                    moment.seq());
        }
    }
}
