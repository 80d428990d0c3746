package org.panscope.core.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Collects findings. Of each rule a number is kept and the rest counted, so that a trace that
/// breaks a rule at every event does not fill memory.
public final class FindingBook {
    /// Findings of one rule that are kept.
    public static final int MAX_PER_RULE = 200;

    private final SortedMap<String, List<Finding>> byRule = new TreeMap<>();
    private final SortedMap<String, Long> dropped = new TreeMap<>();

    /// Takes note of a finding.
    public void add(Finding finding) {
        List<Finding> alike = byRule.computeIfAbsent(finding.rule(), rule -> new ArrayList<>());
        if (alike.size() < MAX_PER_RULE) {
            alike.add(finding);
        } else {
            dropped.merge(finding.rule(), 1L, Long::sum);
        }
    }

    /// Forgets what a rule found: it turned out that it cannot judge.
    void forget(String rule) {
        byRule.remove(rule);
        dropped.remove(rule);
    }

    List<Finding> inOrder() {
        List<Finding> all = new ArrayList<>();
        byRule.values().forEach(all::addAll);
        all.sort(
                Comparator.comparingLong(Finding::fromSeq)
                        .thenComparingLong(Finding::toSeq)
                        .thenComparing(Finding::rule, RuleOrder.BY_NUMBER));
        return all;
    }

    SortedMap<String, Long> dropped() {
        return dropped;
    }
}
