package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.panscope.core.capture.CaptureTracks;
import org.panscope.core.projection.InvariantChecker;
import org.panscope.core.projection.LiveProjection;
import org.panscope.core.sim.SeededChoices;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.ftrace.FtraceTextWriter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/// A scenario that ran with tracepoints on, and what ftrace text makes of it.
final class TracedRun {
    private static final long SLICE_NS = 10_000_000;
    private static final long LONGEST_NS = 600_000_000_000L;

    /// Runs that several tests look at; a run is not changed by being looked at.
    private static final Map<String, TracedRun> DONE = new TreeMap<>();

    private final MemoryTrace trace;

    private TracedRun(MemoryTrace trace) {
        this.trace = trace;
    }

    /// A sample with every tracepoint on; after every event the reduced state has to equal the
    /// machine.
    static TracedRun of(String sample, Map<String, String> settings) {
        return of(sample, settings, List.of("all"));
    }

    static TracedRun of(String sample, Map<String, String> settings, List<String> tracepoints) {
        String key = sample + " " + new TreeMap<>(settings) + " " + tracepoints;
        return DONE.computeIfAbsent(key, missing -> run(sample, settings, tracepoints));
    }

    private static TracedRun run(
            String sample, Map<String, String> settings, List<String> tracepoints) {
        try {
            Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve(sample));
            ScenarioRun run = ScenarioRun.of(scenario, scenario.seed(), settings, tracepoints);
            MemoryTrace trace = new MemoryTrace(run.header());
            RunningScenario running = run.start(trace, new SeededChoices(scenario.seed()));
            Machine machine = running.machine();
            InvariantChecker checker =
                    new InvariantChecker(
                            new LiveProjection(
                                    machine.device(), machine.mcu(), machine::processes));
            for (Event event : trace.events()) {
                TraceEvent record = Objects.requireNonNull(event.record());
                checker.catchUp(event.seq(), event.header(), record);
            }
            running.recorder().addListener(checker::onEvent);
            for (long limitNs = SLICE_NS; !running.advance(limitNs); limitNs += SLICE_NS) {
                assertTrue(limitNs < LONGEST_NS, "runs for ever");
            }
            checker.finish();
            assertEquals(List.of(), running.finish().failures());
            return new TracedRun(trace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    MemoryTrace trace() {
        return trace;
    }

    /// Its tracepoints, in order.
    List<Event> tracepoints() {
        return trace.events().stream().filter(event -> event.type().isDynamic()).toList();
    }

    /// Its tracepoints of one name, without the system.
    List<Event> tracepoints(String plainName) {
        return tracepoints().stream()
                .filter(event -> event.type().name().endsWith(":" + plainName))
                .toList();
    }

    /// Its vocabulary events of one type, in order.
    <T extends TraceEvent> List<T> events(Class<T> type) {
        return trace.events().stream()
                .map(Event::record)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /// As ftrace text with nanoseconds.
    String text(Function<Event, List<String>> markers) {
        return text(true, markers);
    }

    String text(boolean nanoseconds, Function<Event, List<String>> markers) {
        StringBuilder text = new StringBuilder();
        try {
            new FtraceTextWriter(trace, nanoseconds, markers).write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// A text as the importer reads it.
    static MemoryTrace imported(String text) {
        MemoryTrace[] imported = new MemoryTrace[1];
        try {
            FtraceTextImporter.importText(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    "run.txt",
                    header -> imported[0] = new MemoryTrace(header),
                    new CaptureTracks(),
                    Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(imported[0]);
    }
}
