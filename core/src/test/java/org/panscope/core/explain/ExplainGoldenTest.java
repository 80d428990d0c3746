package org.panscope.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.scenario.EmulatedTrace;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.MemoryTrace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Explain says of the stuck objects of the samples, word for word. `-Dpanscope.golden=accept`
/// writes it down again; the difference is to be read as an engineer.
class ExplainGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/panscope/core/explain");

    @ParameterizedTest
    @CsvSource({
        // name, sample, object, cursor
        "4b, evict-vs-ring-b, queue:2.0, @20ms",
        "4c, evict-vs-ring-c, queue:2.0, @20ms",
        "4d, evict-vs-ring-d, queue:1.0, @30ms",
        "5-D1, stale-doorbell-dummy, queue:1.0, @10ms",
        "5-D2, stale-doorbell-real, queue:2.0, @6ms",
        "5-D3, stale-doorbell-suspend, queue:1.0, #659",
        "7-fence, xgs-timeout-chain, fence:9:2, @3s",
        "7-queue, xgs-timeout-chain, queue:1.0, @7s",
        "7-race, xgs-timeout-race, fence:7:1, @4s",
        "9-fatal, group-death-fatal, queue:1.0, @60ms",
        "9-mmu, group-death-mmu, queue:1.0, @60ms",
        "9-progress, group-death-progress, queue:1.0, @3010ms",
        "9-reset, group-death-reset, queue:5.0, @20ms",
        "9-sync, group-death-fatal, sync:2@0x100000, @60ms",
        "10, indefinite-fence, fence:9:1, @3s",
        "10-resv, indefinite-fence-resv, xgs-job:1, @3s",
        "1-runs, hello-ring, queue:1.0, #640",
        "1-idle, hello-ring, queue:1.0, #845",
        "S1, starved-kick, queue:2.0, @30ms",
        "R9, xgs-signal-unseen, queue:1.0, @20ms",
        "R10, xgs-to-xgs, xgs-job:1, @3s",
        "hang, firmware-hang, queue:1.0, @100ms",
        "mistake-kick, mistakes/missing-kick, queue:1.0, @150ms",
        "mistake-insert, mistakes/wrong-insert, queue:1.0, @50ms",
        "mistake-barrier, mistakes/missing-barrier, sync:2@0x7ffe00005000, @50ms",
    })
    void namesTheRoot(String name, String sample, String object, String cursor) throws IOException {
        MemoryTrace trace = EmulatedTrace.run(sample);
        Cursor at = Cursor.parse(cursor);
        Long timeNs = at.timeNs();
        Explanation explanation =
                new Explainer(trace)
                        .at(at.positionIn(trace), timeNs == null ? Long.MIN_VALUE : timeNs)
                        .explain(ObjectId.parse(object));
        String text = ExplanationText.of(explanation, trace);
        Path golden = FOLDER.resolve(name + ".txt");
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text, golden.toString());
    }
}
