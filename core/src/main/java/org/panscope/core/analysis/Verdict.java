package org.panscope.core.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the analyzer says about a trace.
///
/// @param findings by place in the trace, then by rule
/// @param dropped how many more findings each rule had than are kept
/// @param uncheckable rules that could not judge this trace, and why: `not checkable: needs ...`
/// @param checked ids of the rules that judged it, in the catalog's order
public record Verdict(
        List<Finding> findings,
        SortedMap<String, Long> dropped,
        List<Uncheckable> uncheckable,
        List<String> checked) {

    /// A rule that could not judge.
    ///
    /// @param reason names the events it would need
    public record Uncheckable(String rule, String reason) {}

    public Verdict {
        findings = List.copyOf(findings);
        dropped = new TreeMap<>(dropped);
        uncheckable = List.copyOf(uncheckable);
        checked = List.copyOf(checked);
    }

    /// Ids of the rules that found something.
    public SortedSet<String> brokenRules() {
        SortedSet<String> ids = new TreeSet<>(RuleOrder.BY_NUMBER);
        for (Finding finding : findings) {
            ids.add(finding.rule());
        }
        return ids;
    }

    /// The findings of these rules alone; all when none is named.
    public Verdict only(List<String> rules) {
        if (rules.isEmpty()) {
            return this;
        }
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : findings) {
            if (rules.contains(finding.rule())) {
                kept.add(finding);
            }
        }
        SortedMap<String, Long> more = new TreeMap<>(dropped);
        more.keySet().retainAll(rules);
        List<Uncheckable> unable = new ArrayList<>(uncheckable);
        unable.removeIf(one -> !rules.contains(one.rule()));
        List<String> judged = new ArrayList<>(checked);
        judged.retainAll(rules);
        return new Verdict(kept, more, unable, judged);
    }
}
