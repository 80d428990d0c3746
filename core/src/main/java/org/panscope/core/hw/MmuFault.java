package org.panscope.core.hw;

/// Exception types of the MMU. Those of a level are the base plus the level.
///
/// kernel: panthor_device.h: enum drm_panthor_exception_type
final class MmuFault {
    static final int BUS = 0x48;
    static final int TRANSLATION = 0xc0;
    static final int PERMISSION = 0xc8;
    static final int ACCESS_FLAG = 0xd8;
    static final int ADDRESS_SIZE_IN = 0xe0;
    static final int ADDRESS_SIZE_OUT = 0xe4;
    static final int MEMORY_ATTRIBUTE = 0xe8;

    private MmuFault() {}
}
