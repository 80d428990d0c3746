package org.panscope.core.analysis;

import org.panscope.core.analysis.capture.CaptureCatalog;
import org.panscope.core.analysis.capture.CaptureRule;
import org.panscope.core.analysis.rules.Rule;
import org.panscope.core.analysis.rules.RuleCatalog;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The page `docs/rules.md`, made of what the rules say of themselves.
public final class RulesPage {
    private RulesPage() {}

    /// The whole page, in Markdown.
    public static String text() {
        StringBuilder out = new StringBuilder();
        out.append("# Rules of the analyzer\n\n")
                .append("Generated from the rules; do not edit.\n\n")
                .append(
                        "`./panscope check FILE` judges a trace by these rules, `--rule I12` by"
                                + " one")
                .append(" of them. A finding has a severity: E is a bug of driver, firmware or")
                .append(" application; W a hazard, which goes wrong when the timing is slightly")
                .append(" different; P works, and reviewers of the series object to it. A capture")
                .append(" that holds none of the events a rule needs is not judged by it: the rule")
                .append(" answers \"not checkable\", never \"passed\".\n\n")
                .append("Numbers I1 to I36 are those of the review of \"drm/panthor: Add user")
                .append(" submission\"; rules from C1 on are of use on captures of any GPU.\n");
        allRules().forEach(rule -> append(rule, out));
        return out.toString();
    }

    /// Every rule there is, in the order of their numbers.
    public static List<RuleInfo> allRules() {
        List<RuleInfo> all = new ArrayList<>();
        for (Rule rule : RuleCatalog.rules()) {
            all.add(rule.info());
        }
        for (CaptureRule rule : CaptureCatalog.rules()) {
            all.add(rule.info());
        }
        all.sort(Comparator.comparing(RuleInfo::id, RuleOrder.BY_NUMBER));
        return all;
    }

    private static void append(RuleInfo rule, StringBuilder out) {
        out.append("\n## ")
                .append(rule.id())
                .append(" (")
                .append(rule.severity().letter())
                .append(", ")
                .append(rule.blame().label())
                .append(")\n\n")
                .append(rule.sentence())
                .append("\n\n- Needs: ")
                .append(needs(rule))
                .append('\n');
        if (!rule.blind().isEmpty()) {
            out.append("- Cannot see: ").append(rule.blind()).append('\n');
        }
    }

    private static String needs(RuleInfo rule) {
        List<String> names = new ArrayList<>();
        for (Class<? extends TraceEvent> kind : rule.needs()) {
            names.add("`" + Vocabulary.get().of(kind).info().name() + "`");
        }
        for (String tracepoint : rule.tracepoints()) {
            names.add("`" + tracepoint.replace("|", "` or `") + "`");
        }
        if (names.isEmpty()) {
            return "nothing";
        }
        return String.join(", ", names);
    }
}
