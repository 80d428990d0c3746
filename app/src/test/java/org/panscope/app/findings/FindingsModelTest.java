package org.panscope.app.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.open.OpenProgress;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class FindingsModelTest {
    private static final Path SAMPLES = Path.of("..", "samples");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final FindingsModel model = new FindingsModel(session, Worker.sameThread());

    @AfterEach
    void close() {
        session.close();
    }

    private List<FindingLine> open(String file) throws IOException {
        session.show(new FileTraceOpener().open(SAMPLES.resolve(file), OpenProgress.NONE));
        return model.linesProperty().get();
    }

    @Test
    void aTraceIsJudgedOnlyWhenSomebodyLooks() throws IOException {
        assertEquals(List.of(), open("starved-kick.json"));
        model.setLookedAt(true);
        assertFalse(model.linesProperty().get().isEmpty());
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void bugsComeFirstAndLeadToTheirEvents() throws IOException {
        model.setLookedAt(true);
        List<FindingLine> lines = open("create-kick-race.json");
        FindingLine first = lines.getFirst();
        assertEquals(FindingLine.Kind.ERROR, first.kind());
        int firstHazard =
                lines.indexOf(
                        lines.stream()
                                .filter(line -> line.kind() == FindingLine.Kind.WARNING)
                                .findFirst()
                                .orElseThrow());
        assertTrue(
                lines.subList(firstHazard, lines.size()).stream()
                        .noneMatch(line -> line.kind() == FindingLine.Kind.ERROR));
        FindingLine twice =
                lines.stream()
                        .filter(line -> line.badge().equals("I2 E"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(model.goTo(twice));
        assertEquals(twice.proof().getFirst(), session.currentEvent());
        assertTrue(model.goToNextProof(twice));
        assertEquals(twice.proof().get(1), session.currentEvent());
        session.goToEvent(twice.proof().getLast());
        assertTrue(model.goToNextProof(twice));
        assertEquals(twice.proof().getFirst(), session.currentEvent(), "and round again");
    }

    @Test
    void aTraceWithoutFindingsSaysSo() throws IOException {
        model.setLookedAt(true);
        List<FindingLine> lines = open("kernel-submit.json");
        assertEquals("No rule is broken; 37 judged this trace.", lines.getFirst().sentence());
        assertFalse(model.goTo(lines.getFirst()));
        assertFalse(model.goToNextProof(lines.getFirst()));
    }

    @Test
    void whatCannotBeJudgedIsListed() throws IOException {
        model.setLookedAt(true);
        List<FindingLine> lines = open("captures/panscope-sample.report.txt");
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.text().equals("C7: not checkable: needs rpm_resume.")));
    }
}
