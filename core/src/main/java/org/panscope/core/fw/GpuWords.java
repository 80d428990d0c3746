package org.panscope.core.fw;

import org.panscope.core.hw.Access;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Words of GPU memory as endpoints and firmware read and write them for a stream. An access that
/// does not translate is remembered; later ones then do nothing.
final class GpuWords {
    private final StreamEnvironment environment;
    private int exception;
    private long faultVa;

    GpuWords(StreamEnvironment environment) {
        this.environment = environment;
    }

    /// Whether all of a structure can be accessed.
    boolean isMapped(long va, int bytes, Access access) {
        return va != 0
                && va % Integer.BYTES == 0
                && environment.translate(va, Integer.BYTES, access) >= 0
                && environment.translate(va + bytes - Integer.BYTES, Integer.BYTES, access) >= 0;
    }

    /// Code of the first access that did not translate, or 0.
    int exception() {
        return exception;
    }

    long faultVa() {
        return faultVa;
    }

    int read32(long va) {
        long physical = physical(va, Integer.BYTES, Access.READ);
        return physical < 0 ? 0 : environment.memory().read32(physical);
    }

    long read64(long va) {
        long physical = physical(va, Long.BYTES, Access.READ);
        return physical < 0 ? 0 : environment.memory().read64(physical);
    }

    void write32(long va, int value) {
        long physical = physical(va, Integer.BYTES, Access.WRITE);
        if (physical >= 0) {
            environment.memory().write32(physical, value);
            byte[] bytes = new byte[Integer.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
            environment.stored(physical, bytes);
        }
    }

    void write64(long va, long value) {
        long physical = physical(va, Long.BYTES, Access.WRITE);
        if (physical >= 0) {
            environment.memory().write64(physical, value);
            byte[] bytes = new byte[Long.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
            environment.stored(physical, bytes);
        }
    }

    private long physical(long va, int bytes, Access access) {
        if (exception != 0) {
            return -1;
        }
        long physical =
                va % bytes == 0
                        ? environment.translate(va, bytes, access)
                        : -ExceptionType.ADDR_RANGE_FAULT;
        if (physical < 0) {
            exception = (int) -physical;
            faultVa = va;
        }
        return physical;
    }
}
