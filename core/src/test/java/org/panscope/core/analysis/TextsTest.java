package org.panscope.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class TextsTest {
    @Test
    void sentencesBeginWithACapitalUnlessAName() {
        assertEquals("One tick picked.", Texts.sentence("one tick picked."));
        assertEquals("tick_work did.", Texts.sentence("tick_work did."));
        assertEquals("fence:7:1 is.", Texts.sentence("fence:7:1 is."));
        assertEquals("INSERT went.", Texts.sentence("INSERT went."));
    }

    @Test
    void listsEndInHowManyMore() {
        assertEquals("1", Texts.list(List.of(1)));
        assertEquals("1, 2 and 3", Texts.list(List.of(1, 2, 3)));
        assertEquals(
                "1, 2, 3, 4, 5, 6, 7, 8 and 2 more",
                Texts.list(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));
    }

    @Test
    void durationsHaveAFittingUnit() {
        assertEquals("999 ns", Texts.duration(999));
        assertEquals("1.5 us", Texts.duration(1_500));
        assertEquals("20 ms", Texts.duration(20_000_000));
        assertEquals("5 s", Texts.duration(5_000_000_000L));
        assertEquals("6000 s", Texts.duration(6_000_000_000_000L));
    }
}
