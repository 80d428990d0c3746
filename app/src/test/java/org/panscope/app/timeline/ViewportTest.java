package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Random;

class ViewportTest {
    @Test
    void timeUnderThePointerStaysWhileZooming() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            Viewport viewport = new Viewport(0, 1_000_000 + random.nextInt(1 << 30), 900, 100, 0);
            double x = random.nextInt(900);
            long before = viewport.timeAt(x);
            Viewport zoomed = viewport.zoomAt(x, 0.25 + random.nextDouble() * 4);
            assertTrue(Math.abs(before - zoomed.timeAt(x)) <= 2 + zoomed.nsPerPixel() / 100);
        }
    }

    @Test
    void zoomingInEndsAtAClockTickAndOutBeforeOverflow() {
        Viewport in = new Viewport(0, 1000, 900, 100, 0);
        Viewport out = in;
        for (int i = 0; i < 500; i++) {
            in = in.zoomAt(450, 0.5);
            out = out.zoomAt(450, 2);
            out = out.panBy(-900).panBy(900);
        }
        assertEquals(Viewport.MIN_SPAN_NS, in.spanNs());
        assertTrue(out.spanNs() > 0);
    }

    @Test
    void panningKeepsTheSpanAndMovesByWhatThePointerMoved() {
        Viewport viewport = new Viewport(1000, 91_000, 900, 100, 0);
        Viewport panned = viewport.panBy(30);
        assertEquals(viewport.spanNs(), panned.spanNs());
        assertEquals(viewport.timeAt(30), panned.timeAt(0));
        assertEquals(viewport, panned.panBy(-30));
    }

    @Test
    void fittingShowsTheWholeRangeWithAMargin() {
        Viewport fitted = new Viewport(0, 10, 900, 100, 0).fit(5_000, 45_000);
        assertTrue(fitted.fromNs() < 5_000 && fitted.toNs() > 45_000);
        assertTrue(fitted.spanNs() < 45_000);
    }

    @Test
    void scrollingStaysInsideTheContent() {
        Viewport viewport = new Viewport(0, 10, 900, 100, 0);
        assertEquals(0, viewport.scrollTo(-50, 500).scrollY());
        assertEquals(400, viewport.scrollTo(900, 500).scrollY());
        assertEquals(0, viewport.scrollTo(10, 80).scrollY());
    }

    @Test
    void positionAndTimeAreInverse() {
        Viewport viewport = new Viewport(-500, 9_500, 1000, 100, 0);
        for (int x = 0; x <= 1000; x++) {
            assertEquals(x, viewport.xOf(viewport.timeAt(x)), 1e-9);
        }
    }

    @Test
    void emptyRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Viewport(5, 5, 10, 10, 0));
    }
}
