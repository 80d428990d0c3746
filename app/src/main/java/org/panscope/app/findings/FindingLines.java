package org.panscope.app.findings;

import org.panscope.core.analysis.Finding;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RulesPage;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Verdict;
import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A verdict as lines: bugs first, then hazards, then policy, each in the order of the trace; at
/// the end what could not be judged.
final class FindingLines {
    private FindingLines() {}

    static List<FindingLine> of(Trace trace, Verdict verdict) {
        Map<String, RuleInfo> rules = new LinkedHashMap<>();
        RulesPage.allRules().forEach(rule -> rules.put(rule.id(), rule));
        List<FindingLine> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>(verdict.findings());
        findings.sort(Comparator.comparing(Finding::severity).thenComparingLong(Finding::fromSeq));
        if (findings.isEmpty()) {
            lines.add(
                    FindingLine.note(
                            "No rule is broken; "
                                    + verdict.checked().size()
                                    + " judged this trace."));
        }
        for (Finding finding : findings) {
            RuleInfo rule = rules.get(finding.rule());
            lines.add(
                    new FindingLine(
                            kind(finding.severity()),
                            finding.rule() + " " + finding.severity().letter(),
                            finding.message(),
                            Cursor.of(trace, finding.fromSeq() + 1).toString(),
                            finding.fromSeq(),
                            trace.timeNs(finding.fromSeq()),
                            finding.proof(),
                            rule == null ? "" : rule.sentence()));
        }
        verdict.dropped()
                .forEach((rule, count) ->
                        lines.add(FindingLine.note(rule + ": " + count + " more are not shown.")));
        Map<String, List<String>> unable = new TreeMap<>();
        for (Verdict.Uncheckable one : verdict.uncheckable()) {
            unable.computeIfAbsent(one.reason(), reason -> new ArrayList<>()).add(one.rule());
        }
        unable.forEach((reason, ids) ->
                lines.add(FindingLine.note(String.join(" ", ids) + ": " + reason + ".")));
        return lines;
    }

    private static FindingLine.Kind kind(Severity severity) {
        return switch (severity) {
            case ERROR -> FindingLine.Kind.ERROR;
            case WARNING -> FindingLine.Kind.WARNING;
            case POLICY -> FindingLine.Kind.POLICY;
        };
    }
}
