package org.panscope.app.timeline;

import javafx.animation.AnimationTimer;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.panscope.app.surface.FxSurface;
import org.panscope.app.theme.Theme;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/// The timeline on screen: a canvas as large as the region, redrawn at most once per pulse.
public final class TimelineView extends Region {
    /// The largest side a canvas may have; more is not drawn.
    private static final double MAX_SIDE = 8192;

    private final TimelineModel model;
    private final Canvas canvas = new Canvas();
    private final FxSurface surface = new FxSurface(canvas.getGraphicsContext2D());
    private final AnimationTimer repaint =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    stop();
                    pending = false;
                    paint();
                }
            };
    private boolean pending;
    private LongConsumer onCursor = seq -> {};
    private IntConsumer onSelect = row -> {};

    public TimelineView(TimelineModel model) {
        this.model = model;
        getStyleClass().add("timeline-view");
        getChildren().add(canvas);
        setFocusTraversable(true);
        setMinSize(TimelineLayout.HEADER + 100.0, TimelineLayout.RULER + 40.0);
        setPrefSize(1000, 400);
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleRoleDescription("timeline");
        new TimelineInput(this, model).install();
        model.addListener(this::requestPaint);
        requestPaint();
    }

    public TimelineModel model() {
        return model;
    }

    /// Told the event the user put the cursor on.
    public void setOnCursor(LongConsumer listener) {
        onCursor = listener;
    }

    /// Told the id of the row the user chose; for rows that are tracks, the track's id.
    public void setOnSelect(IntConsumer listener) {
        onSelect = listener;
    }

    public void setTheme(Theme theme) {
        model.setTheme(theme);
    }

    /// Puts the cursor on an event, as seen from outside; [#setOnCursor] is not told.
    public void setCursor(long seq, long timeNs) {
        model.setCursor(seq, timeNs);
    }

    /// What was found is marked on the ruler.
    public void setFindings(List<TimelineMarks.FindingMark> found) {
        model.setFindings(found);
        requestPaint();
    }

    void cursorChosen(long seq) {
        onCursor.accept(seq);
    }

    void rowChosen(int row) {
        onSelect.accept(row);
    }

    @Override
    protected void layoutChildren() {
        double width = Math.min(MAX_SIDE, Math.floor(getWidth()));
        double height = Math.min(MAX_SIDE, Math.floor(getHeight()));
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            model.resize(
                    (int) (width - TimelineLayout.HEADER), (int) (height - TimelineLayout.RULER));
        }
    }

    private void requestPaint() {
        if (!pending) {
            pending = true;
            repaint.start();
        }
    }

    /// Draws now, without waiting for the next pulse.
    void paint() {
        TimelineLayout layout = model.layout();
        if (layout == null || canvas.getWidth() < TimelineLayout.HEADER + 1.0) {
            canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
            setAccessibleText("timeline without a trace");
            return;
        }
        TimelinePainter.paint(surface, model.theme(), layout, model.marks());
        setAccessibleText(Narration.of(model));
    }

    @Nullable HitTester hitTester() {
        TimelineLayout layout = model.layout();
        return layout == null ? null : new HitTester(layout);
    }
}
