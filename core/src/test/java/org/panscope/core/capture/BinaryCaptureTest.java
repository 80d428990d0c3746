package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// A capture as `trace.dat` and as the text of it look the same.
class BinaryCaptureTest {
    @Test
    void everyEventIsOnTheSameLaneAsItsText() {
        assertEquals(CapturedTrace.sample().lanes(), CapturedTrace.binarySample().lanes());
    }
}
