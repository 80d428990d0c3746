package org.panscope.core.timeline;

/// Names of exception types (`panthor_device.h: enum drm_panthor_exception_type`).
final class Exceptions {
    private Exceptions() {}

    /// The name of a type, or its number.
    static String name(int type) {
        return switch (type) {
            case 0x05 -> "KABOOM";
            case 0x0f -> "CS_RES_TERM";
            case 0x40 -> "CS_CONFIG_FAULT";
            case 0x41 -> "CS_UNRECOVERABLE";
            case 0x44 -> "CS_ENDPOINT_FAULT";
            case 0x48 -> "CS_BUS_FAULT";
            case 0x49 -> "CS_INSTR_INVALID";
            case 0x4a -> "CS_CALL_STACK_OVERFLOW";
            case 0x4b -> "CS_INHERIT_FAULT";
            case 0x50 -> "INSTR_INVALID_PC";
            case 0x51 -> "INSTR_INVALID_ENC";
            case 0x55 -> "INSTR_BARRIER_FAULT";
            case 0x58 -> "DATA_INVALID_FAULT";
            case 0x59 -> "TILE_RANGE_FAULT";
            case 0x5a -> "ADDR_RANGE_FAULT";
            case 0x5b -> "IMPRECISE_FAULT";
            case 0x60 -> "OOM";
            case 0x68 -> "CSF_FW_INTERNAL_ERROR";
            case 0x69 -> "CSF_RES_EVICTION_TIMEOUT";
            case 0x80 -> "GPU_BUS_FAULT";
            case 0x88 -> "GPU_SHAREABILITY_FAULT";
            case 0x89 -> "SYS_SHAREABILITY_FAULT";
            case 0x8a -> "GPU_CACHEABILITY_FAULT";
            case 0xc0, 0xc1, 0xc2, 0xc3, 0xc4 -> "TRANSLATION_FAULT_" + (type - 0xc0);
            case 0xc8, 0xc9, 0xca, 0xcb -> "PERM_FAULT_" + (type - 0xc8);
            case 0xd9, 0xda, 0xdb -> "ACCESS_FLAG_" + (type - 0xd8);
            case 0xe0 -> "ADDR_SIZE_FAULT_IN";
            case 0xe4, 0xe5, 0xe6, 0xe7 -> "ADDR_SIZE_FAULT_OUT" + (type - 0xe4);
            case 0xe8, 0xe9, 0xea, 0xeb -> "MEM_ATTR_FAULT_" + (type - 0xe8);
            default -> "exception 0x" + Integer.toHexString(type);
        };
    }
}
