package org.panscope.core.kernel.base;

import java.util.Map;
import java.util.TreeMap;

/// Names the driver prints for exception codes.
///
/// kernel: panthor_device.c: panthor_exception_infos, panthor_exception_name
public final class ExceptionName {
    private static final Map<Integer, String> NAMES = new TreeMap<>();

    static {
        NAMES.put(0x00, "OK");
        NAMES.put(0x04, "TERMINATED");
        NAMES.put(0x05, "KABOOM");
        NAMES.put(0x06, "EUREKA");
        NAMES.put(0x08, "ACTIVE");
        NAMES.put(0x0f, "CS_RES_TERM");
        NAMES.put(0x40, "CS_CONFIG_FAULT");
        NAMES.put(0x41, "CS_UNRECOVERABLE");
        NAMES.put(0x44, "CS_ENDPOINT_FAULT");
        NAMES.put(0x48, "CS_BUS_FAULT");
        NAMES.put(0x49, "CS_INSTR_INVALID");
        NAMES.put(0x4a, "CS_CALL_STACK_OVERFLOW");
        NAMES.put(0x4b, "CS_INHERIT_FAULT");
        NAMES.put(0x50, "INSTR_INVALID_PC");
        NAMES.put(0x51, "INSTR_INVALID_ENC");
        NAMES.put(0x55, "INSTR_BARRIER_FAULT");
        NAMES.put(0x58, "DATA_INVALID_FAULT");
        NAMES.put(0x59, "TILE_RANGE_FAULT");
        NAMES.put(0x5a, "ADDR_RANGE_FAULT");
        NAMES.put(0x5b, "IMPRECISE_FAULT");
        NAMES.put(0x60, "OOM");
        NAMES.put(0x68, "CSF_FW_INTERNAL_ERROR");
        NAMES.put(0x69, "CSF_RES_EVICTION_TIMEOUT");
        NAMES.put(0x80, "GPU_BUS_FAULT");
        NAMES.put(0x88, "GPU_SHAREABILITY_FAULT");
        NAMES.put(0x89, "SYS_SHAREABILITY_FAULT");
        NAMES.put(0x8a, "GPU_CACHEABILITY_FAULT");
        NAMES.put(0xd9, "ACCESS_FLAG_1");
        NAMES.put(0xda, "ACCESS_FLAG_2");
        NAMES.put(0xdb, "ACCESS_FLAG_3");
        NAMES.put(0xe0, "ADDR_SIZE_FAULT_IN");
        for (int level = 0; level <= 4; level++) {
            NAMES.put(0xc0 + level, "TRANSLATION_FAULT_" + level);
        }
        for (int level = 0; level <= 3; level++) {
            NAMES.put(0xc8 + level, "PERM_FAULT_" + level);
            NAMES.put(0xe4 + level, "ADDR_SIZE_FAULT_OUT" + level);
            NAMES.put(0xe8 + level, "MEM_ATTR_FAULT_" + level);
        }
    }

    private ExceptionName() {}

    /// The name of a code.
    public static String of(int code) {
        return NAMES.getOrDefault(code, "Unknown exception type");
    }
}
