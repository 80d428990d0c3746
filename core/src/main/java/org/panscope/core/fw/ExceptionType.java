package org.panscope.core.fw;

import java.util.Locale;

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

    /// The driver's name and the number, as `CS_BUS_FAULT (0x48)`; the number alone for a type that
    /// a stream alone cannot raise.
    static String describe(int type) {
        String name =
                switch (type) {
                    case CS_CONFIG_FAULT -> "CS_CONFIG_FAULT ";
                    case CS_UNRECOVERABLE -> "CS_UNRECOVERABLE ";
                    case CS_ENDPOINT_FAULT -> "CS_ENDPOINT_FAULT ";
                    case CS_BUS_FAULT -> "CS_BUS_FAULT ";
                    case CS_INSTR_INVALID -> "CS_INSTR_INVALID ";
                    case CS_CALL_STACK_OVERFLOW -> "CS_CALL_STACK_OVERFLOW ";
                    case CS_INHERIT_FAULT -> "CS_INHERIT_FAULT ";
                    default -> "exception ";
                };
        return name + String.format(Locale.ROOT, "(0x%02x)", type);
    }
}
