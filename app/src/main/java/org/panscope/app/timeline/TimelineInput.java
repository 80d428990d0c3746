package org.panscope.app.timeline;

import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineRow;

/// Mouse and keys of the timeline.
///
/// | what | does |
/// |---|---|
/// | wheel, Ctrl+wheel, Shift+wheel | scrolls rows, zooms at the pointer, pans |
/// | drag, Shift+drag, middle drag | selects a range, pans |
/// | click, double click | cursor to the nearest event, zoom to the bar |
/// | W S A D | zoom in, out, pan left, right |
/// | F, Home | show the selection (else everything), show everything |
/// | up, down, left, right | choose a row, go to the event before or after on it |
/// | Enter, P | open or close the row, pin it |
/// | Esc | drop the selection |
final class TimelineInput {
    private static final double ZOOM = 1.25;
    private static final double PAN_SHARE = 0.1;
    private static final double DRAG_START = 3;

    private final TimelineView view;
    private final TimelineModel model;
    private final Tooltip tooltip = new Tooltip();
    private double pressX;
    private double lastX;
    private boolean dragging;
    private double pointerX;

    TimelineInput(TimelineView view, TimelineModel model) {
        this.view = view;
        this.model = model;
    }

    void install() {
        view.setOnScroll(this::scrolled);
        view.setOnMousePressed(this::pressed);
        view.setOnMouseDragged(this::dragged);
        view.setOnMouseReleased(this::released);
        view.setOnMouseMoved(this::moved);
        view.setOnKeyPressed(this::key);
        tooltip.setShowDelay(Duration.millis(300));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(480);
    }

    private void scrolled(ScrollEvent event) {
        // With Shift held, platforms report the wheel on the other axis.
        double delta = event.getDeltaY() != 0 ? event.getDeltaY() : event.getDeltaX();
        Viewport viewport = model.viewport();
        if (event.isControlDown()) {
            double factor = delta > 0 ? 1 / ZOOM : ZOOM;
            model.setViewport(viewport.zoomAt(plotX(event.getX()), factor));
        } else if (event.isShiftDown()
                || Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY())) {
            model.setViewport(viewport.panBy(-delta));
        } else {
            TimelineLayout layout = model.layout();
            if (layout != null) {
                model.setViewport(
                        viewport.scrollTo(viewport.scrollY() - delta, layout.scrollableHeight()));
            }
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        view.requestFocus();
        pressX = event.getX();
        lastX = event.getX();
        dragging = false;
        event.consume();
    }

    private void dragged(MouseEvent event) {
        dragging |= Math.abs(event.getX() - pressX) >= DRAG_START;
        if (!dragging || pressX < TimelineLayout.HEADER) {
            return;
        }
        Viewport viewport = model.viewport();
        if (event.getButton() == MouseButton.MIDDLE || event.isShiftDown()) {
            model.setViewport(viewport.panBy(lastX - event.getX()));
        } else if (event.getButton() == MouseButton.PRIMARY) {
            model.selectRange(viewport.timeAt(plotX(pressX)), viewport.timeAt(plotX(event.getX())));
        }
        lastX = event.getX();
        event.consume();
    }

    private void released(MouseEvent event) {
        if (!dragging && event.getButton() == MouseButton.PRIMARY) {
            clicked(event);
        }
        dragging = false;
        event.consume();
    }

    private void clicked(MouseEvent event) {
        Hit hit = hitAt(event.getX(), event.getY());
        if (hit == null) {
            return;
        }
        if (hit.kind() == Hit.Kind.TRIANGLE
                || (hit.kind() == Hit.Kind.HEADER && event.getClickCount() == 2)) {
            model.toggleCollapsed(hit.row());
            return;
        }
        if (hit.row() >= 0) {
            model.selectRow(hit.row());
            view.rowChosen(hit.row());
        }
        if (event.getClickCount() == 2 && hit.toNs() > hit.fromNs()) {
            model.selectRange(hit.fromNs(), hit.toNs());
            model.fitSelection();
        } else if (hit.seq() >= 0) {
            view.cursorChosen(hit.seq());
        }
    }

    private void moved(MouseEvent event) {
        pointerX = event.getX();
        Hit hit = hitAt(event.getX(), event.getY());
        Timeline timeline = model.timeline();
        if (hit != null && hit.kind() == Hit.Kind.LOSS && hit.row() < 0) {
            tooltip.setText(hit.text());
            Tooltip.install(view, tooltip);
            return;
        }
        if (hit == null || timeline == null || hit.row() < 0) {
            Tooltip.uninstall(view, tooltip);
            return;
        }
        TimelineRow row = timeline.rows().get(hit.row());
        boolean header = hit.kind() == Hit.Kind.HEADER;
        if (hit.text().isEmpty() && !header) {
            Tooltip.uninstall(view, tooltip);
            return;
        }
        tooltip.setText(header ? timeline.path(row) : timeline.path(row) + "\n" + hit.text());
        Tooltip.install(view, tooltip);
    }

    private void key(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        Viewport viewport = model.viewport();
        double anchor = plotX(Math.max(pointerX, TimelineLayout.HEADER));
        double step = viewport.width() * PAN_SHARE;
        switch (event.getCode()) {
            case W -> model.setViewport(viewport.zoomAt(anchor, 1 / ZOOM));
            case S -> model.setViewport(viewport.zoomAt(anchor, ZOOM));
            case A -> model.setViewport(viewport.panBy(-step));
            case D -> model.setViewport(viewport.panBy(step));
            case F -> model.fitSelection();
            case HOME -> model.fitAll();
            case ESCAPE -> model.clearSelection();
            case DOWN -> chooseRow(1);
            case UP -> chooseRow(-1);
            case RIGHT, PERIOD -> stepOnRow(1);
            case LEFT, COMMA -> stepOnRow(-1);
            case ENTER -> model.toggleCollapsed(model.selectedRow());
            case P -> {
                if (model.selectedRow() >= 0) {
                    model.togglePinned(model.selectedRow());
                }
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void chooseRow(int step) {
        model.moveSelection(step);
        if (model.selectedRow() >= 0) {
            view.rowChosen(model.selectedRow());
        }
    }

    private void stepOnRow(int direction) {
        TimelineRow row = model.selected();
        Timeline timeline = model.timeline();
        if (row == null || timeline == null) {
            return;
        }
        Long cursor = model.cursorNs();
        long from = cursor != null ? cursor : model.viewport().fromNs();
        long seq = RowSteps.neighbour(row, from, direction);
        if (seq >= 0) {
            view.cursorChosen(seq);
        }
    }

    private @Nullable Hit hitAt(double x, double y) {
        HitTester tester = view.hitTester();
        return tester == null ? null : tester.at(x, y);
    }

    private static double plotX(double x) {
        return x - TimelineLayout.HEADER;
    }
}
