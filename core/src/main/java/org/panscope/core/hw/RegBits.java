package org.panscope.core.hw;

/// Bits in registers of the GPU control block.
///
/// kernel: drivers/gpu/drm/panthor/panthor_regs.h
public final class RegBits {
    /// Value of PWR_KEY that lets the next write of an override register through.
    public static final int PWR_KEY_UNLOCK = 0x2968_a819;

    public static final int GPU_INT_FAULT = 1;
    public static final int GPU_INT_PROTM_FAULT = 1 << 1;
    public static final int GPU_INT_RESET_COMPLETED = 1 << 8;
    public static final int GPU_INT_POWER_CHANGED_SINGLE = 1 << 9;
    public static final int GPU_INT_POWER_CHANGED_ALL = 1 << 10;
    public static final int GPU_INT_CLEAN_CACHES_COMPLETED = 1 << 17;
    public static final int GPU_INT_DOORBELL_MIRROR = 1 << 18;
    public static final int GPU_INT_MCU_STATUS_CHANGED = 1 << 19;

    public static final int GPU_STATUS_ACTIVE = 1;
    public static final int GPU_STATUS_POWER_ACTIVE = 1 << 1;
    public static final int GPU_STATUS_PAGE_FAULT = 1 << 4;
    public static final int GPU_STATUS_PROTM_ACTIVE = 1 << 7;
    public static final int GPU_STATUS_DEBUG_ENABLED = 1 << 8;

    private RegBits() {}
}
