package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.Explainer;
import org.panscope.core.explain.Explanation;
import org.panscope.core.explain.ExplanationJson;
import org.panscope.core.explain.ExplanationText;
import org.panscope.core.explain.graph.GraphDot;
import org.panscope.core.explain.graph.GraphSvg;
import org.panscope.core.explain.graph.WaitForGraph;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `panscope explain`: why something does not run or is not signalled, down to the root.
@Command(
        name = "explain",
        description = "Says why something does not run or is not signalled, down to the root.")
final class ExplainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Mixin private ExplainedObject object = new ExplainedObject();

    @Option(
            names = "--at",
            paramLabel = "CURSOR",
            converter = TimeWindow.Converter.class,
            description =
                    "The moment: @1250000ns#483, #483 (after 483 events) or a time (default: the"
                            + " end).")
    private @Nullable Cursor at;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--graph",
            paramLabel = "FILE",
            description =
                    "Also write who waits for whom, as .svg or .dot; without an object, of all that"
                            + " waits.")
    private @Nullable Path graph;

    @Option(
            names = "--reclaim",
            description =
                    "In the graph, also what waits once memory is short: an allocation for a buffer"
                            + " object, that for its fences.")
    private boolean reclaim;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (object.isNone() && graph == null) {
            throw new ParameterException(
                    spec.commandLine(), "name what to explain, such as --queue 1.0 or --fence 9:1");
        }
        try (OpenedTrace opened = input.open()) {
            Trace trace = opened.trace();
            Explainer.Moment moment = new Explainer(trace).at(positionIn(trace), timeIn());
            Explanation explanation = object.isNone() ? null : explain(moment);
            if (explanation != null) {
                print(explanation, trace, out);
            }
            Path file = graph;
            if (file != null) {
                write(
                        WaitForGraph.of(
                                moment,
                                explanation == null ? moment.waiting() : List.of(explanation),
                                reclaim),
                        file);
            }
        }
        return 0;
    }

    private Explanation explain(Explainer.Moment moment) throws IOException {
        try {
            return moment.explain(object.id(moment.state()), object.point());
        } catch (IllegalArgumentException e) {
            throw new IOException(input.name() + ": " + e.getMessage(), e);
        }
    }

    private void print(Explanation explanation, Trace trace, PrintWriter out) {
        if (json) {
            StringWriter text = new StringWriter();
            ExplanationJson.write(explanation, trace, text);
            out.println(text);
        } else {
            out.print(ExplanationText.of(explanation, trace));
        }
    }

    private void write(WaitForGraph made, Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".dot")) {
            Files.writeString(file, GraphDot.of(made));
        } else if (name.endsWith(".svg")) {
            Files.writeString(file, GraphSvg.of(made));
        } else {
            throw new ParameterException(
                    spec.commandLine(), "--graph " + file + " is neither .svg nor .dot");
        }
    }

    /// The time asked about, which may be long after the last event before it.
    private long timeIn() {
        Long time = at == null || at.position() != null ? null : at.timeNs();
        return time == null ? Long.MIN_VALUE : time;
    }

    private long positionIn(Trace trace) {
        try {
            return at == null ? trace.eventCount() : at.positionIn(trace);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
