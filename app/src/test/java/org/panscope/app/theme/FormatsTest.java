package org.panscope.app.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.app.theme.Formats.TimeUnit;

class FormatsTest {
    @Test
    void thousandsStandApart() {
        assertEquals("0", Formats.grouped(0));
        assertEquals("999", Formats.grouped(999));
        assertEquals("1\u2009000", Formats.grouped(1000));
        assertEquals("-12\u2009345\u2009678", Formats.grouped(-12_345_678));
        assertEquals("-999", Formats.grouped(-999));
    }

    @Test
    void timesOfOneAxisShareUnitAndDigits() {
        assertEquals("1.50", Formats.timeIn(1_500_000, TimeUnit.MS, 10_000));
        assertEquals("0.05", Formats.timeIn(50_000, TimeUnit.MS, 50_000));
        assertEquals("-0.5", Formats.timeIn(-500_000, TimeUnit.MS, 100_000));
        assertEquals("12", Formats.timeIn(12_000_000, TimeUnit.MS, 2_000_000));
        assertEquals("3.141592", Formats.timeIn(3_141_592, TimeUnit.MS, 1));
    }

    @Test
    void durationsTakeTheUnitThatSuitsThem() {
        assertEquals("640 ns", Formats.duration(640));
        assertEquals("12.5 µs", Formats.duration(12_500));
        assertEquals("5 s", Formats.duration(5_000_000_000L));
        assertEquals("1.234 ms", Formats.duration(1_234_567));
        assertEquals("-2 ms", Formats.duration(-2_000_000));
    }

    @Test
    void addressesHaveSixteenDigits() {
        assertEquals("0x00007f0000001000", Formats.address(0x7f0000001000L));
        assertEquals("0xffffffffffffffff", Formats.address(-1));
    }

    @Test
    void sizesKeepBytesUnlessTheyAreRound() {
        assertEquals("64 KiB", Formats.size(65536));
        assertEquals("2 MiB", Formats.size(2 << 20));
        assertEquals("1\u2009000 B", Formats.size(1000));
        assertEquals("0 B", Formats.size(0));
    }
}
