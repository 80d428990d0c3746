package org.panscope.core.analysis;

import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A verdict as text for a terminal.
public final class FindingText {
    private FindingText() {}

    /// One paragraph a finding, then what could not be judged and a last line that counts.
    public static String of(Trace trace, Verdict verdict) {
        Map<String, RuleInfo> rules = new LinkedHashMap<>();
        for (RuleInfo rule : RulesPage.allRules()) {
            rules.put(rule.id(), rule);
        }
        StringBuilder out = new StringBuilder();
        for (Finding finding : verdict.findings()) {
            out.append(finding.rule())
                    .append(' ')
                    .append(finding.severity().letter())
                    .append("  ")
                    .append(Cursor.of(trace, finding.fromSeq() + 1));
            if (finding.toSeq() != finding.fromSeq()) {
                out.append(" to ").append(Cursor.of(trace, finding.toSeq() + 1));
            }
            for (Object object : finding.objects()) {
                out.append("  ").append(object);
            }
            out.append('\n').append("   ").append(finding.message()).append('\n');
            RuleInfo rule = rules.get(finding.rule());
            if (rule != null) {
                out.append("   rule: ").append(rule.sentence()).append('\n');
            }
        }
        verdict.dropped()
                .forEach((rule, count) ->
                        out.append(rule)
                                .append(": ")
                                .append(count)
                                .append(" more findings are not shown\n"));
        Map<String, List<String>> unable = new TreeMap<>();
        for (Verdict.Uncheckable one : verdict.uncheckable()) {
            unable.computeIfAbsent(one.reason(), reason -> new ArrayList<>()).add(one.rule());
        }
        unable.forEach((reason, ids) ->
                out.append(String.join(" ", ids)).append(": ").append(reason).append('\n'));
        return out.append(count(verdict)).append('\n').toString();
    }

    private static String count(Verdict verdict) {
        Map<Severity, Integer> counts = new TreeMap<>();
        for (Finding finding : verdict.findings()) {
            counts.merge(finding.severity(), 1, Integer::sum);
        }
        StringBuilder out = new StringBuilder();
        int total = verdict.findings().size();
        out.append(total == 1 ? "1 finding" : total + " findings");
        String separator = ": ";
        for (Map.Entry<Severity, Integer> one : counts.entrySet()) {
            out.append(separator)
                    .append(one.getValue())
                    .append(' ')
                    .append(one.getKey().letter())
                    .append(" (")
                    .append(one.getKey().meaning())
                    .append(')');
            separator = ", ";
        }
        out.append("; ").append(verdict.checked().size()).append(" rules judged this trace");
        if (!verdict.uncheckable().isEmpty()) {
            out.append(", ").append(verdict.uncheckable().size()).append(" could not");
        }
        return out.toString();
    }
}
