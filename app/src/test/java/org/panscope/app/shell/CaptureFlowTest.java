package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.Hyperlink;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panscope.core.state.view.StreamLines;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;

/// A recording of a real kernel in the window: finding an event, and going to places.
@ExtendWith(ApplicationExtension.class)
final class CaptureFlowTest {
    private static final String BLOCKED = "type == drm_sched_job_unschedulable";
    private static final int EVENTS = 2368;

    @SuppressWarnings("NullAway.Init")
    private WindowFlow flow;

    @Start
    void start(Stage stage) {
        flow = new WindowFlow(stage);
    }

    @BeforeEach
    void open() {
        flow.open(WindowFlow.CAPTURE);
    }

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void anEventIsFoundByFilterAndStaysSelectedWithoutIt() {
        assertEquals(EVENTS, flow.eventRows());
        flow.filter(BLOCKED);
        int hits = flow.eventRows();
        assertTrue(hits > 2 && hits < EVENTS);
        assertEquals(hits + " hits", flow.label("#filterMessage"));

        flow.press(KeyCode.ENTER);
        String first = flow.label("#cursorLabel");
        assertEquals("drm_sched_job_unschedulable", flow.selectedEvent().get(4));
        flow.click("#filterNext");
        String second = flow.label("#cursorLabel");
        assertNotEquals(first, second);
        flow.press(KeyCode.F3, KeyCode.SHIFT);
        assertEquals(first, flow.label("#cursorLabel"));

        long seq = Long.parseLong(flow.selectedEvent().getFirst());
        assertTrue(first.endsWith("#" + (seq + 1)), first);
        flow.click("#filterField");
        flow.press(KeyCode.ESCAPE);
        assertEquals(EVENTS, flow.eventRows());
        assertEquals(Long.toString(seq), flow.selectedEvent().getFirst());
        assertEquals("drm_sched_job_unschedulable #" + seq, oneSpaced(flow.label("#eventTitle")));
    }

    @Test
    void firstAndLastEventAreOneKeyOrButtonAway() {
        flow.click("#goLast");
        assertTrue(flow.label("#cursorLabel").endsWith("#" + EVENTS));
        assertEquals(Integer.toString(EVENTS - 1), flow.selectedEvent().getFirst());
        assertTrue(flow.robot().lookup("#stepForward").query().isDisabled());
        flow.click("#goFirst");
        assertTrue(flow.label("#cursorLabel").endsWith("#1"));
        assertEquals("0", flow.selectedEvent().getFirst());
    }

    @Test
    void aCursorFromABugReportIsGoneTo() {
        flow.filter(BLOCKED);
        flow.press(KeyCode.ENTER);
        flow.press(KeyCode.ENTER);
        String cursor = flow.label("#cursorLabel");
        flow.press(KeyCode.ESCAPE);
        flow.click("#goFirst");

        flow.press(KeyCode.G, KeyCode.CONTROL);
        flow.robot().write(cursor);
        flow.press(KeyCode.ENTER);
        assertEquals(cursor, flow.label("#cursorLabel"));
        assertEquals("drm_sched_job_unschedulable", flow.selectedEvent().get(4));
    }

    @Test
    void trackKeysStayOnTheSchedulerEntity() {
        flow.filter(BLOCKED);
        flow.press(KeyCode.ENTER);
        flow.press(KeyCode.ESCAPE);
        flow.press(KeyCode.ESCAPE);
        String track = flow.selectedTrack();
        String before = flow.label("#cursorLabel");
        flow.press(KeyCode.PERIOD);
        assertNotEquals(before, flow.label("#cursorLabel"));
        assertEquals(track, flow.selectedTrack());
        flow.press(KeyCode.COMMA);
        assertEquals(before, flow.label("#cursorLabel"));
    }

    @Test
    void theCauseOfAnEventIsInferredAndGoneTo() {
        flow.filter("type == drm_sched_job_done");
        flow.press(KeyCode.ENTER);
        String done = flow.selectedEvent().getFirst();
        flow.press(KeyCode.ESCAPE);
        String link = flow.robot().lookup("#causeLink").queryAs(Hyperlink.class).getText();
        assertTrue(link.endsWith("(inferred)"), link);
        flow.click("#causeLink");
        assertNotEquals(done, flow.selectedEvent().getFirst());
        assertEquals("dma_fence_signaled", flow.selectedEvent().get(4));
    }

    @Test
    void whatACaptureCannotShowIsSaid() {
        flow.filter(BLOCKED);
        flow.press(KeyCode.ENTER);
        // The markers tell where the ring lies, how far it was written, and parts of its bytes.
        List<StreamLines.Line> ring =
                flow.robot().lookup("#ringTable").<StreamLines.Line>queryTableView().getItems();
        long known = ring.stream().filter(line -> line.row().word() != null).count();
        assertTrue(known > 0 && known < ring.size(), () -> known + " of " + ring.size());
        for (StreamLines.Line line : ring) {
            boolean observed = line.row().writtenBy() >= 0;
            assertTrue(observed || line.row().word() == null, () -> "made up: " + line);
        }
        assertTrue(flow.label("#statusFile").contains("panscope-sample.report.txt"));
        assertEquals("nothing lost", flow.label("#statusLosses"));
    }

    private static String oneSpaced(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
