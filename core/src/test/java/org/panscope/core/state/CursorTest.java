package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.MarkEvent;

class CursorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"@1250000ns#483", "#483", "@-5ns", "@0ns#0", "#0", "@9223372036854775807ns"})
    void whatIsPrintedParsesBack(String text) {
        assertEquals(text, Cursor.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "@1.25ms, @1250000ns",
        "@3us, @3000ns",
        "@3µs, @3000ns",
        "@1s#7, @1000000000ns#7",
        "@0.000000001s, @1ns"
    })
    void shortFormsMeanNanoseconds(String text, String printed) {
        assertEquals(printed, Cursor.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "#",
                "483",
                "@12",
                "@1.5ns",
                "@1.25ms#",
                "#-1",
                "@1ms #3",
                "@1ms#3x",
                "@99999999999999999999s",
                "@9223372036854775808ns",
                "@1h",
                "#1234567890123456789012"
            })
    void badTextIsRefusedWithTheTextInTheMessage(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Cursor.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains("cursor=" + text), e.getMessage());
    }

    @Test
    void aTimeMeansTheStateAfterAllEventsUpToIt() {
        StateScript script = new StateScript();
        for (int i = 0; i < 4; i++) {
            script.add(new MarkEvent.Mark("at " + i));
        }
        assertEquals(0, Cursor.parse("@-1ns").positionIn(script.trace()));
        assertEquals(1, Cursor.parse("@0ns").positionIn(script.trace()));
        assertEquals(2, Cursor.parse("@1.5us").positionIn(script.trace()));
        assertEquals(4, Cursor.parse("@1s").positionIn(script.trace()));
        assertEquals(3, Cursor.parse("@1s#3").positionIn(script.trace()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Cursor.parse("#5").positionIn(script.trace()));
        assertEquals("@1000ns#2", Cursor.of(script.trace(), 2).toString());
        assertEquals("@1000ns#2", Cursor.of(script.at(2)).toString());
    }
}
