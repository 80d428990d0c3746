package org.panscope.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.Progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Answers from a board's capture, where markers tell what the application did and nothing tells of
/// slots and firmware: what is not known must not be said.
class ExplainCaptureTest {
    private static final ObjectId QUEUE = ObjectId.parse("queue:77000001.0");

    @TempDir private Path folder = Path.of(".");

    private String explain(ObjectId object, String... markers) throws IOException {
        StringBuilder text = new StringBuilder("# tracer: nop\n");
        List<String> lines =
                List.of(
                        "hdr umd=x drv=panthor pid=77",
                        "grp g=1 nq=1 vm=1",
                        "que g=1 q=0 rb=0x800000000000 sz=0x10000 mode=user");
        int us = 0;
        for (List<String> part : List.of(lines, List.of(markers))) {
            for (String line : part) {
                text.append("     app-77    [000] .....     1.%06d: ".formatted(us++))
                        .append("tracing_mark_write: psm1 ")
                        .append(line)
                        .append('\n');
            }
        }
        Path capture = folder.resolve("markers.txt");
        Files.writeString(capture, text);
        try (OpenedTrace opened = TraceInputs.open(capture, Progress.NONE)) {
            Explanation answer =
                    new Explainer(opened.trace()).at(opened.trace().eventCount()).explain(object);
            String all = ExplanationText.of(answer, opened.trace());
            return all.substring(all.indexOf('\n')).strip();
        }
    }

    @Test
    void aRingThatWasNotSampledIsUnknown() throws IOException {
        assertEquals(
                "?? UNKNOWN: INSERT of queue:77000001.0 is 64 as far as the application knows; the"
                        + " trace does not show its EXTRACT.  [@4000ns#5]",
                explain(QUEUE, "rbw g=1 q=0 at=0 n=64", "ins g=1 q=0 v=64", "db g=1 q=0"));
    }

    @Test
    void workThatIsNotDoneIsNotBlamedOnAnybody() throws IOException {
        assertEquals(
                "?? UNKNOWN: queue:77000001.0 has 48 bytes of work: as far as the application"
                    + " knows, INSERT is 64, and it saw EXTRACT 16 at @6000ns#7. The trace shows"
                    + " neither its slot nor what the firmware does.  [@6000ns#7]",
                explain(
                        QUEUE,
                        "rbw g=1 q=0 at=0 n=64",
                        "ins g=1 q=0 v=64",
                        "db g=1 q=0",
                        "smp g=1 q=0 ins=64 ext=16 act=1"));
    }

    @Test
    void insertThatWasNotMovedIsTheCauseOnABoardToo() throws IOException {
        assertEquals(
                "=> ROOT CAUSE: queue:77000001.0 has nothing to do: the 64 bytes behind INSERT 0"
                        + " are written, and INSERT was not moved.  [@3000ns#4]",
                explain(QUEUE, "rbw g=1 q=0 at=0 n=64", "smp g=1 q=0 ins=0 ext=0 act=0")
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void aGroupWhoseSlotNothingTellsIsNotSaidToHaveNone() throws IOException {
        assertEquals(
                "DONE: group:77000001 (the trace does not show its slot), with one queue.",
                explain(
                                ObjectId.of("group", 77_000_001),
                                "rbw g=1 q=0 at=0 n=64",
                                "ins g=1 q=0 v=64",
                                "smp g=1 q=0 ins=64 ext=64 act=0")
                        .lines()
                        .findFirst()
                        .orElse(""));
    }
}
