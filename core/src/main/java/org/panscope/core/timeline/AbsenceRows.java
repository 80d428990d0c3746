package org.panscope.core.timeline;

import org.panscope.core.capture.quality.Absence;
import org.panscope.core.capture.quality.Expectations;
import org.panscope.trace.io.Trace;

import java.util.List;
import java.util.Set;

/// Rows for what a capture does not show: an empty outline over the whole time says *not recorded*,
/// which an empty row would not.
final class AbsenceRows {
    private static final long NO_EVENT = -1;

    private AbsenceRows() {}

    /// @param verbs of the markers that occur
    static void add(Trace trace, Build build, Set<String> verbs, long toNs) {
        if (trace.eventCount() == 0) {
            return;
        }
        List<Absence> absences =
                Expectations.notShownBy(trace, verbs).stream()
                        .filter(absence -> absence.reach() != Absence.Reach.NEVER)
                        .toList();
        if (absences.isEmpty()) {
            return;
        }
        RowBuilder group = build.container(Section.NOT_RECORDED);
        String all = String.join(", ", absences.stream().map(Absence::what).toList());
        outline(build, group, all, toNs);
        for (Absence absence : absences) {
            RowBuilder row = build.child(group.id, "absence", absence.what());
            outline(build, row, "not recorded: " + absence.remedy(), toNs);
        }
    }

    private static void outline(Build build, RowBuilder row, String label, long toNs) {
        row.bar(build.fromNs(), toNs, NO_EVENT, build.label(label), Style.UNKNOWN);
    }
}
