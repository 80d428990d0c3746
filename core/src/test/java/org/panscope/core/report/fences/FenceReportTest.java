package org.panscope.core.report.fences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.scenario.EmulatedTrace;
import org.panscope.core.scenario.Samples;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.io.MemoryTrace;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class FenceReportTest {
    private static final Path FOLDER =
            Path.of("src/test/resources/org/panscope/core/report/fences");

    /// `-Dpanscope.golden=accept` writes the pages down again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello-ring",
                "xgs-bridge",
                "xgs-timeout-chain",
                "indefinite-fence",
                "eviction-fence",
                "job-per-submit",
                "evict-vs-ring-b"
            })
    void isThePageOfTheSample(String sample) throws IOException {
        String page = FenceReportText.of(FenceReport.of(EmulatedTrace.run(sample)));
        Path golden = FOLDER.resolve(sample + ".md");
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, page);
        }
        assertEquals(Files.readString(golden), page, golden.toString());
    }

    static Stream<String> samples() throws IOException {
        return Samples.files().stream()
                .map(file -> Samples.FOLDER.relativize(file).toString().replace(".json", ""));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void answersEachQuestionOnceForEverySample(String sample) {
        FenceReport report = FenceReport.of(EmulatedTrace.run(sample));
        assertEquals(
                IntStream.rangeClosed(1, 17).mapToObj(i -> "V" + i).toList(),
                report.answers().stream().map(Answer::id).toList());
        for (Durations durations : report.stages().values()) {
            assertTrue(durations.percentile(0) >= 0, "a step takes no negative time");
            assertTrue(durations.percentile(50) <= durations.max());
        }
        assertTrue(report.executedBatches() <= report.announcedBatches());
        StringWriter json = new StringWriter();
        FenceReportJson.write(report, json);
        assertFalse(json.toString().contains("null"), json.toString());
    }

    @Test
    void saysWhatItNeedsWhenEventsAreMissing() {
        MemoryTrace trace =
                EmulatedTrace.without(
                        "indefinite-fence",
                        event ->
                                event.record() instanceof Reclaim
                                        || event.record() instanceof FwCs
                                        || event.record() instanceof InsertWrite);
        FenceReport report = FenceReport.of(trace);
        List<String> unanswered =
                report.answers().stream()
                        .filter(answer -> !answer.isAnswered())
                        .map(Answer::id)
                        .toList();
        assertEquals(List.of("V2", "V6", "V10", "V11", "V12", "V14", "V16"), unanswered);
        assertTrue(report.stages().isEmpty());
    }

    @Test
    void aFenceWhoseProducerIsInTheRingIsNotEarly() {
        String bridge = answer("xgs-bridge", "V3");
        String chain = answer("xgs-timeout-chain", "V3");
        assertTrue(bridge.endsWith("under way: 0."), bridge);
        assertTrue(chain.endsWith("under way: 3."), chain);
    }

    @Test
    void withEvictionFencesThereIsNoCycle() {
        assertTrue(answer("indefinite-fence", "V4").startsWith("1 cycle "));
        assertTrue(answer("eviction-fence", "V4").startsWith("0 cycles "));
        assertTrue(answer("eviction-fence", "V14").contains("0 violations"));
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        Durations durations = new Durations();
        for (int i = 100; i >= 1; i--) {
            durations.add(i);
        }
        assertEquals(50, durations.percentile(50));
        assertEquals(90, durations.percentile(90));
        assertEquals(99, durations.percentile(99));
        assertEquals(100, durations.max());
        assertEquals(5050, durations.sum());
        assertEquals(7, durations.histogram().size());
    }

    private static String answer(String sample, String id) {
        return FenceReport.of(EmulatedTrace.run(sample)).answers().stream()
                .filter(answer -> answer.id().equals(id))
                .findFirst()
                .orElseThrow()
                .answer();
    }
}
