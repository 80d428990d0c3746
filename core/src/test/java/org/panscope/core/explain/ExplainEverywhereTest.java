package org.panscope.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.explain.graph.GraphDot;
import org.panscope.core.explain.graph.GraphSvg;
import org.panscope.core.explain.graph.WaitForGraph;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.scenario.EmulatedTrace;
import org.panscope.core.scenario.Samples;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.StateHistory;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// At any moment of any sample and capture, every object that can be asked about has an answer, and
/// an answer speaks of no event that is still to come.
class ExplainEverywhereTest {
    private static final int STEP = 50;

    /// Long runs repeat themselves.
    private static final int MOST_MOMENTS = 120;

    private static final List<String> KINDS =
            List.of(
                    "queue",
                    "group",
                    "fence",
                    "sync",
                    "syncobj",
                    "job",
                    "xgs-job",
                    "xgs-queue",
                    "vm",
                    "bo",
                    "thread",
                    "slot");

    static Stream<String> samples() throws IOException {
        return Samples.files().stream()
                .map(file -> Samples.FOLDER.relativize(file).toString().replace(".json", ""));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hasAnAnswer(String sample) {
        hasAnAnswer(EmulatedTrace.run(sample));
    }

    /// A board's capture, in which markers tell what applications did.
    @ParameterizedTest
    @ValueSource(strings = {"panscope-sample.dat", "panscope-sample.report.txt"})
    void hasAnAnswerInCaptures(String capture) throws IOException {
        try (OpenedTrace opened =
                TraceInputs.open(Samples.FOLDER.resolve("captures", capture), Progress.NONE)) {
            hasAnAnswer(opened.trace());
        }
    }

    private static void hasAnAnswer(Trace trace) {
        StateHistory history = TraceReduction.historyOf(trace);
        TraceFacts facts = new TraceFacts(trace);
        for (int i = 0; i < MOST_MOMENTS && (long) i * STEP <= trace.eventCount(); i++) {
            MachineState state = history.at((long) i * STEP);
            facts.readTo(state.position());
            Explainer.Moment moment =
                    new Explainer.Moment(trace, new Known(state, state.timeNs()), facts);
            for (ObjectState object : state.objects().values()) {
                if (KINDS.contains(object.id().kind())) {
                    check(moment.explain(object.id()), trace, state);
                }
            }
            if (i % 8 == 0) {
                WaitForGraph graph = WaitForGraph.of(moment, moment.waiting(), true);
                assertTrue(GraphSvg.of(graph).endsWith("</svg>\n"));
                assertTrue(GraphDot.of(graph).endsWith("}\n"));
            }
        }
    }

    private static void check(Explanation explanation, Trace trace, MachineState state) {
        for (Link link : explanation.links()) {
            assertFalse(link.text().contains("null"), link.text());
            assertTrue(link.event() < state.position(), link::text);
            boolean isEnd = link.verdict() == Verdict.DONE || link.verdict() == Verdict.UNKNOWN;
            assertTrue(!isEnd || link.remedy() == null || link.children().isEmpty(), link::text);
        }
        assertEquals(
                explanation.subject().toString(),
                ExplanationText.of(explanation, trace).split(" ", 2)[0]);
    }
}
