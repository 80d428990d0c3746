package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.TextMetrics;

import java.util.List;
import java.util.Random;

class RulerTest {
    @Test
    void stepsAreOneTwoOrFiveAndLabelsNeverTouch() {
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            long from = random.nextLong() >> (8 + random.nextInt(40));
            long span = 20 + (random.nextLong() >>> (9 + random.nextInt(48)));
            Ruler ruler =
                    Ruler.of(new Viewport(from, from + span, 300 + random.nextInt(2000), 9, 0));
            long mantissa = ruler.stepNs();
            while (mantissa % 10 == 0) {
                mantissa /= 10;
            }
            assertTrue(mantissa == 1 || mantissa == 2 || mantissa == 5, "step=" + ruler.stepNs());
            checkLabels(ruler.ticks());
        }
    }

    @Test
    void labelsOfOneAxisShareTheirUnit() {
        Ruler ruler = Ruler.of(new Viewport(0, 4_000_000, 900, 9, 0));
        assertEquals("0.0 ms", ruler.ticks().getFirst().label());
        assertTrue(ruler.ticks().stream().allMatch(tick -> tick.label().endsWith(" ms")));
    }

    @Test
    void ticksLieOnWholeMultiplesOfTheStep() {
        Ruler ruler = Ruler.of(new Viewport(-777, 12_345, 900, 9, 0));
        for (Ruler.Tick tick : ruler.ticks()) {
            assertEquals(0, tick.timeNs() % ruler.stepNs());
        }
    }

    private static void checkLabels(List<Ruler.Tick> ticks) {
        double freeFrom = Double.NEGATIVE_INFINITY;
        for (Ruler.Tick tick : ticks) {
            double half = TextMetrics.width(tick.label(), FontRole.MONO) / 2;
            assertTrue(tick.x() - half > freeFrom, tick.label());
            freeFrom = tick.x() + half + 4;
        }
    }
}
