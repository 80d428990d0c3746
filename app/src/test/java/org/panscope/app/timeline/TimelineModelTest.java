package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.core.timeline.TimelineRow;

class TimelineModelTest {
    private final TimelineModel model = new TimelineModel();
    private final Timeline timeline = TimelineBuilder.build(DemoTrace.twoProcesses());
    private int changes;

    @BeforeEach
    void open() {
        model.resize(900, 300);
        model.setTimeline(timeline);
        model.addListener(() -> changes++);
    }

    @Test
    void openedTraceIsShownWhole() {
        assertTrue(model.viewport().fromNs() <= timeline.fromNs());
        assertTrue(model.viewport().toNs() >= timeline.toNs());
        assertEquals(900, model.viewport().width());
    }

    @Test
    void cursorOutsideTheViewMovesIntoItsMiddle() {
        model.setViewport(model.viewport().show(0, 100_000));
        model.setCursor(5, 3_000_000);
        assertEquals(100_000, model.viewport().spanNs());
        assertEquals(2_950_000, model.viewport().fromNs());
        assertTrue(changes > 0);
    }

    @Test
    void collapsingHidesChildrenAndKeepsScrollingInside() {
        TimelineLayout open = layout();
        model.setViewport(model.viewport().scrollTo(1e9, open.scrollableHeight()));
        for (TimelineRow root : timeline.roots()) {
            model.setCollapsed(root.id(), true);
        }
        assertEquals(timeline.roots().size(), layout().boxes().size());
        assertEquals(0, model.viewport().scrollY());
    }

    @Test
    void pinnedRowIsRepeatedOnTop() {
        int slot = timeline.roots().get(2).children().getFirst().id();
        model.togglePinned(slot);
        assertEquals(1, layout().pinnedBoxes().size());
        assertEquals(TimelineLayout.RULER, layout().screenY(layout().pinnedBoxes().getFirst()));
        model.togglePinned(slot);
        assertEquals(0, layout().pinnedBoxes().size());
    }

    @Test
    void movingTheChoiceDownScrollsItIntoView() {
        for (int i = 0; i < 500; i++) {
            model.moveSelection(1);
        }
        RowBox last = layout().boxes().getLast();
        assertEquals(last.row().id(), model.selectedRow());
        assertTrue(layout().isVisible(last));
        for (int i = 0; i < 500; i++) {
            model.moveSelection(-1);
        }
        assertEquals(0, model.viewport().scrollY());
    }

    @Test
    void rangeIsOrderedAndCanBeFitted() {
        model.selectRange(2_000_000, 1_000_000);
        assertEquals(1_000_000, model.selectionFromNs());
        model.fitSelection();
        assertTrue(model.viewport().fromNs() < 1_000_000);
        assertTrue(model.viewport().spanNs() < 1_100_000);
    }

    private TimelineLayout layout() {
        TimelineLayout layout = model.layout();
        assertNotNull(layout);
        return layout;
    }
}
