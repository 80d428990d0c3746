package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

@ExtendWith(ApplicationExtension.class)
class TimelineViewTest {
    private final TimelineModel model = new TimelineModel();
    private final Timeline timeline = TimelineBuilder.build(DemoTrace.twoProcesses());
    private final List<Long> cursors = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private @Nullable TimelineView shown;

    @Start
    void start(Stage stage) {
        TimelineView view = new TimelineView(model);
        shown = view;
        view.setOnCursor(seq -> {
            cursors.add(seq);
            view.setCursor(seq, 1_000_000);
        });
        view.setOnSelect(rows::add);
        stage.setScene(new Scene(view, 940, 600));
        stage.show();
    }

    @BeforeEach
    void open(FxRobot robot) {
        robot.interact(() -> model.setTimeline(timeline));
    }

    @Test
    void clickOnABarPutsTheCursorOnTheEventThatOpenedIt(FxRobot robot) {
        RowBox box = box("slot 0");
        StateBars bars = box.row().lanes().getFirst();
        robot.clickOn(at(bars.startNs(1) + 10_000, box));
        assertEquals(List.of(bars.seq(1)), cursors);
        assertEquals(List.of(box.row().id()), rows);
    }

    @Test
    void keysZoomPanAndFit(FxRobot robot) {
        robot.clickOn(at(timeline.fromNs(), box("slot 0")));
        Viewport before = model.viewport();
        robot.push(KeyCode.W);
        assertTrue(model.viewport().spanNs() < before.spanNs());
        long from = model.viewport().fromNs();
        robot.push(KeyCode.D);
        assertTrue(model.viewport().fromNs() > from);
        robot.push(KeyCode.HOME);
        assertTrue(model.viewport().fromNs() <= timeline.fromNs());
        assertTrue(model.viewport().toNs() >= timeline.toNs());
    }

    @Test
    void dragSelectsARange(FxRobot robot) {
        RowBox box = box("slot 0");
        robot.drag(at(1_000_000, box), MouseButton.PRIMARY);
        robot.dropTo(at(2_000_000, box));
        assertTrue(Math.abs(1_000_000 - model.selectionFromNs()) < 20_000);
        assertTrue(Math.abs(2_000_000 - model.selectionToNs()) < 20_000);
    }

    @Test
    void triangleFoldsItsGroup(FxRobot robot) {
        RowBox box = box("compute");
        robot.clickOn(onScreen(HeaderPainter.triangleLeft(box) + 5, box));
        assertTrue(model.isCollapsed(box.row().id()));
        robot.clickOn(onScreen(HeaderPainter.triangleLeft(box) + 5, box));
        assertTrue(!model.isCollapsed(box.row().id()));
    }

    @Test
    void screenReaderHearsRowAndCursor(FxRobot robot) {
        robot.clickOn(at(500_000, box("slot 0")));
        WaitForAsyncUtils.waitForFxEvents(5);
        robot.interact(view()::paint);
        assertTrue(view().getAccessibleText().contains("csg slots / slot 0"));
        assertTrue(view().getAccessibleText().contains("cursor at"));
    }

    @Test
    void whatIsOnScreenChangesWithTheTheme(FxRobot robot) {
        int dark = background(robot);
        robot.interact(() -> view().setTheme(Theme.LIGHT));
        assertNotEquals(dark, background(robot));
        assertEquals(Theme.LIGHT.window(), background(robot));
    }

    private int background(FxRobot robot) {
        WritableImage[] image = new WritableImage[1];
        robot.interact(() -> {
            view().paint();
            image[0] = view().snapshot(null, null);
        });
        return image[0].getPixelReader().getArgb(3, 3);
    }

    private RowBox box(String name) {
        return layout().boxes().stream()
                .filter(box -> box.row().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Point on screen of a time, in the lower part of a row, where its bars are.
    private Point2D at(long timeNs, RowBox box) {
        double x = TimelineLayout.HEADER + model.viewport().xOf(timeNs);
        return view().localToScreen(x, screenY(box) + box.height() - 8);
    }

    private Point2D onScreen(double x, RowBox box) {
        return view().localToScreen(x, screenY(box) + box.height() / 2);
    }

    private double screenY(RowBox box) {
        return layout().screenY(box);
    }

    private TimelineView view() {
        return Objects.requireNonNull(shown);
    }

    private TimelineLayout layout() {
        return Objects.requireNonNull(model.layout());
    }
}
