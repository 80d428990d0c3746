package org.panscope.core.kernel.ioctl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The page of ordinary memory that is behind every doorbell mapping of a group off slot: one of
/// the device, zero at first, for all processes. Hardware that cannot map a page for writing alone
/// lets them read what others stored (D5).
///
/// RFC patch 3/8: panthor_device.dummy_doorbell_page
final class DummyPage {
    private final ByteBuffer bytes =
            ByteBuffer.allocate((int) MmioMapping.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    int read32(long offset) {
        return bytes.getInt((int) offset);
    }

    void write32(long offset, int value) {
        bytes.putInt((int) offset, value);
    }
}
