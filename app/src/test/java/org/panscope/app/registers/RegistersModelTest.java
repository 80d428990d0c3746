package org.panscope.app.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.fixture.InterfaceTrace;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.RegisterBlock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

final class RegistersModelTest {
    @TempDir Path folder = Path.of("");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private final RegistersModel model = new RegistersModel(session);

    @BeforeEach
    void open() throws IOException {
        session.show(InterfaceTrace.open(folder));
    }

    @Test
    void theBlockFollowsTheEventUntilFollowingIsOff() {
        session.goToEvent(InterfaceTrace.GLB_REQ);
        assertEquals("GLB", shown());
        session.goToEvent(InterfaceTrace.CSG_REQ);
        assertEquals("CSG0", shown());
        session.followEventProperty().set(false);
        session.goToEvent(InterfaceTrace.GLB_REQ);
        assertEquals("CSG0", shown());
    }

    @Test
    void aRequestItsAnswerAndWhatIsPendingStandTogether() {
        session.goToEvent(InterfaceTrace.CSG_ACK);
        List<RegisterLine> lines = model.lines();
        int req = indexOf("req");
        assertEquals("● ack", lines.get(req + 1).name());
        assertTrue(lines.get(req + 2).isPending());
        assertEquals("EP_CFG asked, not acknowledged", lines.get(req + 2).meaning());
        session.goToEvent(InterfaceTrace.CSG_ACK_ALL);
        assertFalse(model.lines().get(indexOf("req") + 2).isPending());
    }

    @Test
    void changedFieldsAreMarkedInTheText() {
        session.goToEvent(InterfaceTrace.CSG_ACK_ALL);
        RegisterLine ack = model.lines().get(indexOf("ack"));
        assertEquals("STATE=START ●EP_CFG", ack.meaning());
        assertEquals("firmware #" + InterfaceTrace.CSG_ACK_ALL, ack.writer());
        RegisterLine req = model.lines().get(indexOf("req"));
        assertEquals("   req", req.name());
        assertEquals("STATE=START EP_CFG", req.meaning());
        assertEquals("0x00000011", req.value());
    }

    @Test
    void wordsNeverSeenAreUnknown() {
        session.goToEvent(InterfaceTrace.CSG_REQ);
        RegisterLine config = model.lines().get(indexOf("config"));
        assertEquals("?", config.value());
        assertEquals("unknown: never seen", config.meaning());
        assertEquals("", config.writer());
        model.goToWriter(config);
        assertEquals(InterfaceTrace.CSG_REQ, session.currentEvent());
    }

    @Test
    void filterAndToggleLeaveOutTheRest() {
        session.goToEvent(InterfaceTrace.CSG_ACK);
        model.onlyChangedProperty().set(true);
        assertEquals(List.of("● ack"), names());
        session.goToEvent(InterfaceTrace.CSG_REQ);
        assertEquals(List.of("● req"), names());
        model.onlyChangedProperty().set(false);
        model.filterProperty().set("ENDPOINT");
        assertTrue(names().contains("   endpoint_req"));
        assertFalse(names().contains("   config"));
        model.filterProperty().set("no such word");
        assertEquals("No word of CSG0 matches.", model.messageProperty().get());
    }

    @Test
    void aWordLeadsToTheEventThatWroteIt() {
        session.goToEvent(InterfaceTrace.CSG_ACK_ALL);
        model.goToWriter(model.lines().get(indexOf("req")));
        assertEquals(InterfaceTrace.CSG_REQ, session.currentEvent());
    }

    @Test
    void theWordsShownCanBeCopied() {
        session.goToEvent(InterfaceTrace.CSG_ACK);
        model.filterProperty().set("start");
        assertEquals(
                """
                   offset  CSG0  value       bits  written by
                   0x00    req   0x00000011  STATE=START EP_CFG  (host #2)
                *  0x00    ack   0x00000001  STATE=START  (firmware #3)
                  req: EP_CFG asked, not acknowledged
                """,
                model.copyText());
    }

    @Test
    void aRememberedBlockIsChosenAgain() {
        session.followEventProperty().set(false);
        model.choose("iface:CSG0");
        assertEquals("CSG0", shown());
        model.choose("fence:1:2");
        model.choose("nonsense");
        assertEquals("CSG0", shown());
        assertEquals(
                ObjectId.parse("iface:CSG0"),
                Objects.requireNonNull(model.blockProperty().get()).id());
    }

    @Test
    void closingTheTraceEmptiesTheTable() {
        session.goToEvent(InterfaceTrace.CSG_ACK);
        session.close();
        assertEquals(List.of(), model.lines());
        assertEquals(List.of(), model.blocks());
    }

    private String shown() {
        RegisterBlock block = model.blockProperty().get();
        return block == null ? "" : block.title();
    }

    private List<String> names() {
        return model.lines().stream().map(RegisterLine::name).toList();
    }

    private int indexOf(String word) {
        for (int i = 0; i < model.lines().size(); i++) {
            RegisterLine line = model.lines().get(i);
            if (!line.isPending() && line.row().word().name().equals(word)) {
                return i;
            }
        }
        throw new AssertionError("no line of " + word);
    }
}
