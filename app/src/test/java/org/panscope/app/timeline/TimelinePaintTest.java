package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Palette;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at what the painter asks a surface to draw.
class TimelinePaintTest {
    private final Timeline timeline = TimelineBuilder.build(DemoTrace.faulty());

    @Test
    void noTwoTextsOverlapAtAnyZoom() {
        Viewport viewport =
                new Viewport(timeline.fromNs(), timeline.toNs(), 900, 900, 0)
                        .fit(timeline.fromNs(), timeline.toNs());
        for (int zoom = 0; zoom < 14; zoom++) {
            List<Box> texts = paint(viewport).texts;
            for (int i = 0; i < texts.size(); i++) {
                for (int k = i + 1; k < texts.size(); k++) {
                    Box a = texts.get(i);
                    Box b = texts.get(k);
                    assertTrue(!a.overlaps(b), "zoom " + zoom + ": " + a + " over " + b);
                }
            }
            viewport = viewport.zoomAt(300, 0.5);
        }
    }

    @Test
    void labelsStayInsideTheirBarsAndThoseOfInstantsInsideThePlot() {
        Viewport viewport =
                new Viewport(timeline.fromNs(), timeline.toNs(), 900, 900, 0)
                        .fit(timeline.fromNs(), timeline.toNs());
        for (int zoom = 0; zoom < 10; zoom++) {
            Recording recording = paint(viewport);
            for (Box text : recording.texts) {
                if (text.role == FontRole.LABEL) {
                    boolean ofInstant = text.argb == Theme.LIGHT.secondaryText();
                    assertTrue(
                            ofInstant
                                    ? text.x > TimelineLayout.HEADER
                                            && text.x + text.width < TimelineLayout.HEADER + 900
                                    : recording.rects.stream().anyMatch(bar -> bar.contains(text)),
                            "zoom " + zoom + ": " + text);
                }
            }
            viewport = viewport.zoomAt(450, 0.5);
        }
    }

    @Test
    void faultIsVisibleHoweverFarAwayOneLooks() {
        Viewport far =
                new Viewport(timeline.fromNs(), timeline.toNs(), 900, 900, 0)
                        .show(-4_000_000_000L, 4_000_000_000L);
        assertTrue(
                paint(far).rects.stream()
                        .anyMatch(rect -> rect.argb == Palette.VERMILLION && rect.width >= 3));
    }

    @Test
    void collapsedGroupStillShowsItsErrors() {
        Viewport viewport =
                new Viewport(timeline.fromNs(), timeline.toNs(), 900, 900, 0)
                        .fit(timeline.fromNs(), timeline.toNs());
        Set<Integer> all = Set.copyOf(timeline.roots().stream().map(row -> row.id()).toList());
        Recording recording = new Recording();
        TimelinePainter.paint(
                recording,
                Theme.LIGHT,
                TimelineLayout.of(timeline, viewport, all, Set.of()),
                TimelineMarks.NONE);
        assertTrue(recording.rects.stream().anyMatch(rect -> rect.argb == Palette.VERMILLION));
    }

    @Test
    void rowsStandOneBelowTheOtherWithoutGaps() {
        TimelineLayout layout =
                TimelineLayout.of(timeline, new Viewport(0, 1000, 900, 400, 0), Set.of(), Set.of());
        double y = 0;
        for (RowBox box : layout.boxes()) {
            assertEquals(y, box.y());
            y = box.bottom();
        }
        assertEquals(y, layout.contentHeight());
    }

    private Recording paint(Viewport viewport) {
        Recording recording = new Recording();
        TimelinePainter.paint(
                recording,
                Theme.LIGHT,
                TimelineLayout.of(timeline, viewport, Set.of(), Set.of()),
                new TimelineMarks(2_000_000L, 7L, 0, 0, -1, List.of()));
        recording.texts.removeIf(text -> text.text.contains("#7"));
        return recording;
    }

    /// A drawn rectangle, or the space a text takes.
    private record Box(
            String text, FontRole role, double x, double y, double width, double height, int argb) {
        boolean overlaps(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        boolean contains(Box other) {
            return other.x >= x
                    && other.y >= y
                    && other.x + other.width <= x + width
                    && other.y + other.height <= y + height;
        }
    }

    private static final class Recording implements Surface {
        private final List<Box> texts = new ArrayList<>();
        private final List<Box> rects = new ArrayList<>();

        @Override
        public void fillRect(double x, double y, double width, double height, Fill fill) {
            if (width <= 900) {
                rects.add(new Box("", FontRole.LABEL, x, y, width, height, fill.argb()));
            }
        }

        @Override
        public void text(String text, double x, double baseline, FontRole role, int argb) {
            double height = role.size() * 0.75;
            texts.add(
                    new Box(
                            text,
                            role,
                            x,
                            baseline - height,
                            TextMetrics.width(text, role),
                            height,
                            argb));
        }

        @Override
        public void strokeRect(
                double x, double y, double width, double height, int argb, double thickness) {}

        @Override
        public void line(double x1, double y1, double x2, double y2, int argb, double thickness) {}

        @Override
        public void polyline(double[] xs, double[] ys, int count, int argb, double thickness) {}

        @Override
        public void polygon(double[] xs, double[] ys, int argb) {}

        @Override
        public void clip(double x, double y, double width, double height) {}

        @Override
        public void unclip() {}
    }
}
