package org.panscope.app.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.open.OpenProgress;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.explain.Verdict;
import org.panscope.core.state.ObjectId;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class ExplainModelTest {
    private static final Path LOST = Path.of("..", "samples", "stale-doorbell-dummy.json");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final ExplainModel model = new ExplainModel(session, Worker.sameThread());

    @AfterEach
    void close() {
        session.close();
    }

    private List<ExplainLine> lines() {
        return model.linesProperty().get();
    }

    private void ask(String object, String cursor) throws IOException {
        session.show(new FileTraceOpener().open(LOST, OpenProgress.NONE));
        session.objectProperty().set(ObjectId.parse(object));
        session.goToText(cursor);
        session.objectProperty().set(ObjectId.parse(object));
        model.explain();
    }

    @Test
    void theChainLeadsToTheRootAndEachLinkToItsEvent() throws IOException {
        ask("queue:1.0", "#581");
        ExplainLine root = lines().get(1);
        assertEquals("Root cause", root.mark());
        assertEquals(Verdict.ROOT_CAUSE, root.verdict());
        assertTrue(root.text().startsWith("Lost ring"), root.text());
        assertEquals("Remedy", lines().get(2).mark());
        assertFalse(model.goTo(lines().get(2)));
        assertTrue(model.goTo(root));
        assertEquals(root.seq(), Long.valueOf(session.currentEvent()));
        assertEquals(3, lines().size(), "the answer stays while its links are followed");
        assertTrue(root.sentence().endsWith("[" + root.place() + "]"), root.sentence());
    }

    @Test
    void askingElsewhereReplacesTheAnswer() throws IOException {
        ask("queue:1.0", "#581");
        session.goToLast();
        session.objectProperty().set(ObjectId.parse("queue:1.0"));
        model.explain();
        assertEquals(1, lines().size());
        assertEquals("Done", lines().getFirst().mark());
    }

    @Test
    void whatIsNotKnownYetIsSaid() throws IOException {
        ask("queue:1.0", "#0");
        assertTrue(lines().isEmpty());
        assertTrue(
                model.messageProperty().get().contains("nothing is known of queue:1.0"),
                model.messageProperty().get());
        session.close();
        assertTrue(model.messageProperty().get().startsWith("Choose an object"));
    }
}
