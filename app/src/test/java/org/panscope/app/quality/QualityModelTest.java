package org.panscope.app.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.open.OpenProgress;
import org.panscope.app.quality.QualityLine.Kind;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.app.shell.LossyCapture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

class QualityModelTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final Path CAPTURE = SAMPLES.resolve("captures/panscope-sample.report.txt");

    @TempDir Path folder = Path.of("");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final QualityModel model = new QualityModel(session, Worker.sameThread());

    @AfterEach
    void close() {
        session.close();
    }

    private void open(Path file) throws IOException {
        session.show(new FileTraceOpener().open(file, OpenProgress.NONE));
    }

    private List<QualityLine> lines() {
        return model.linesProperty().get();
    }

    private QualityLine line(String name) {
        return lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + name + " in " + lines()));
    }

    private boolean has(String name) {
        return lines().stream().anyMatch(line -> line.name().equals(name));
    }

    @Test
    void aTraceIsReadOnlyWhenSomebodyLooks() throws IOException {
        open(CAPTURE);
        assertTrue(has("Source"));
        assertTrue(has("Lost"));
        assertFalse(has("Pairs of events"));
        model.setLookedAt(true);
        assertTrue(has("Pairs of events"));
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void aWholeCaptureSaysSoAndWhatNoCaptureShows() throws IOException {
        model.setLookedAt(true);
        open(CAPTURE);
        assertEquals("nothing, says the source", line("Lost").value());
        assertEquals("never goes backwards", line("Time").value());
        assertEquals("each found its partner", line("Pairs of events").value());
        assertEquals("144 whole; none alone", line("fence made → signalled").value());
        assertEquals(Kind.FACT, line("fence made → signalled").kind());
        assertEquals("2 of 2 with events", line("CPUs").value());
        assertEquals(Kind.ABSENT, line("masks of job interrupts").kind());
        assertEquals("look for “Unhandled Page fault” in dmesg", line("faults of the MMU").value());
        assertEquals("144 events", line("dma_fence_init").value());
    }

    @Test
    void everyLossIsALineThatGoesToItsPlace() throws IOException {
        model.setLookedAt(true);
        open(LossyCapture.in(folder));
        List<QualityLine> losses =
                lines().stream().filter(line -> line.name().equals("ring overrun")).toList();
        assertEquals(2, losses.size());
        assertTrue(losses.getFirst().value().startsWith("120 events: "), losses.toString());
        assertTrue(losses.getFirst().place().startsWith("CPU 1, before #"), losses.toString());
        assertEquals("at least 121 events in 3 places", line("Lost").value());

        assertTrue(model.goTo(losses.getFirst()));
        Long place = losses.getFirst().seq();
        assertEquals(place, session.currentEvent());
        assertFalse(model.goTo(line("Lost")));
        assertEquals(place, session.currentEvent());
    }

    @Test
    void theFirstEventWithoutAPartnerCanBeGoneTo() throws IOException {
        model.setLookedAt(true);
        open(LossyCapture.in(folder));
        QualityLine fences = line("fence made → signalled");
        assertEquals(Kind.PROBLEM, fences.kind());
        assertTrue(model.goTo(fences));
        assertEquals("first #" + session.currentEvent(), fences.place());
        var opened = session.opened();
        assertTrue(opened != null);
        assertEquals(
                "dma_fence_init",
                opened == null ? "" : opened.trace().event(session.currentEvent()).type().name());
    }

    @Test
    void anEmulatedRunHasNothingToExcuse() throws IOException {
        model.setLookedAt(true);
        open(SAMPLES.resolve("hello-ring.json"));
        assertEquals("nothing: an emulated run records all it does", line("Lost").value());
        assertFalse(has("Not recorded"));
        assertFalse(has("Pairs of events"));
    }

    @Test
    void whatWasReadOfAnotherTraceIsThrownAway() throws IOException {
        Deque<Runnable> waiting = new ArrayDeque<>();
        QualityModel slow = new QualityModel(session, new Worker(waiting::add, Runnable::run));
        slow.setLookedAt(true);
        open(CAPTURE);
        assertEquals("Reading the trace…", slow.messageProperty().get());
        session.close();
        waiting.forEach(Runnable::run);
        assertEquals(List.of(), slow.linesProperty().get());
        assertEquals("", slow.messageProperty().get());
    }
}
