package org.panscope.core.fw;

/// Exception types a stream can report.
///
/// kernel: drivers/gpu/drm/panthor/panthor_device.h, enum drm_panthor_exception_type
public final class ExceptionType {
    public static final int CS_RES_TERM = 0x0f;
    public static final int CS_CONFIG_FAULT = 0x40;
    public static final int CS_UNRECOVERABLE = 0x41;
    public static final int CS_ENDPOINT_FAULT = 0x44;
    public static final int CS_BUS_FAULT = 0x48;
    public static final int CS_INSTR_INVALID = 0x49;
    public static final int CS_CALL_STACK_OVERFLOW = 0x4a;
    public static final int CS_INHERIT_FAULT = 0x4b;
    public static final int DATA_INVALID_FAULT = 0x58;
    public static final int TILE_RANGE_FAULT = 0x59;
    public static final int ADDR_RANGE_FAULT = 0x5a;
    public static final int OOM = 0x60;
    public static final int CSF_RES_EVICTION_TIMEOUT = 0x69;

    private ExceptionType() {}
}
