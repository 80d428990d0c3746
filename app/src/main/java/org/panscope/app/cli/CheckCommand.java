package org.panscope.app.cli;

import org.panscope.core.analysis.Analyzer;
import org.panscope.core.analysis.Finding;
import org.panscope.core.analysis.FindingText;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RulesPage;
import org.panscope.core.analysis.Verdict;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `panscope check`: what is wrong in a trace, by the analyzer's rules.
@Command(
        name = "check",
        description = {
            "Judges a trace by the analyzer's rules (docs/rules.md).",
            "The exit status is 3 when there are findings."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int FINDINGS = 3;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Option(
            names = "--rule",
            paramLabel = "ID",
            description = "Only this rule, such as I12; may be given several times.")
    private List<String> rules = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        requireKnown();
        PrintWriter out = spec.commandLine().getOut();
        try (OpenedTrace opened = input.open();
                ConsoleProgress progress = new ConsoleProgress("checking")) {
            Trace trace = opened.trace();
            Verdict verdict =
                    Analyzer.analyze(trace, done -> progress.advance(done, trace.eventCount()))
                            .only(rules);
            if (json) {
                writeJson(trace, verdict, out);
            } else {
                out.print(FindingText.of(trace, verdict));
            }
            out.flush();
            return verdict.findings().isEmpty() ? 0 : FINDINGS;
        }
    }

    private void requireKnown() {
        List<String> known = RulesPage.allRules().stream().map(RuleInfo::id).toList();
        for (String rule : rules) {
            if (!known.contains(rule)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--rule "
                                + rule
                                + ": there is no such rule; there are "
                                + String.join(", ", known));
            }
        }
    }

    private static void writeJson(Trace trace, Verdict verdict, PrintWriter out) {
        try (JsonGenerator generator = JsonOutput.generator(out)) {
            generator.writeStartObject();
            generator.writeArrayPropertyStart("findings");
            for (Finding finding : verdict.findings()) {
                generator.writeStartObject();
                generator.writeStringProperty("rule", finding.rule());
                generator.writeStringProperty("severity", finding.severity().letter());
                generator.writeStringProperty("from", cursor(trace, finding.fromSeq()));
                generator.writeStringProperty("to", cursor(trace, finding.toSeq()));
                generator.writeArrayPropertyStart("objects");
                for (ObjectId object : finding.objects()) {
                    generator.writeString(object.toString());
                }
                generator.writeEndArray();
                generator.writeStringProperty("message", finding.message());
                generator.writeArrayPropertyStart("events");
                for (long seq : finding.proof()) {
                    generator.writeNumber(seq);
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeObjectPropertyStart("more");
            verdict.dropped().forEach(generator::writeNumberProperty);
            generator.writeEndObject();
            generator.writeArrayPropertyStart("not_checkable");
            for (Verdict.Uncheckable unable : verdict.uncheckable()) {
                generator.writeStartObject();
                generator.writeStringProperty("rule", unable.rule());
                generator.writeStringProperty("reason", unable.reason());
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeArrayPropertyStart("checked");
            verdict.checked().forEach(generator::writeString);
            generator.writeEndArray();
            generator.writeEndObject();
        }
        out.println();
    }

    private static String cursor(Trace trace, long seq) {
        return Cursor.of(trace, seq + 1).toString();
    }
}
