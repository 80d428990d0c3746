package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// Names of the exception types GPU, MMU and command streams report.
///
/// kernel: panthor_device.h, enum drm_panthor_exception_type
public final class ExceptionCode {
    /// Types up to this one are no faults.
    private static final long MAX_NON_FAULT = 0x3f;

    private static final SortedMap<Long, String> NAMES = names();

    private ExceptionCode() {}

    /// The name of a type, or null when it has none.
    public static @Nullable String name(long type) {
        return NAMES.get(type);
    }

    /// Every named type, in order.
    public static SortedMap<Long, String> all() {
        return NAMES;
    }

    /// Whether a type stands for something that went wrong.
    public static boolean isFault(long type) {
        return type > MAX_NON_FAULT;
    }

    /// Name and number: `CS_BUS_FAULT (0x48)`.
    public static String text(long type) {
        String name = name(type);
        return String.format(Locale.ROOT, "%s (0x%02x)", name == null ? "unknown" : name, type);
    }

    private static SortedMap<Long, String> names() {
        SortedMap<Long, String> names = new TreeMap<>();
        String table =
                """
                00 OK
                04 TERMINATED
                05 KABOOM
                06 EUREKA
                08 ACTIVE
                0f CS_RES_TERM
                40 CS_CONFIG_FAULT
                41 CS_UNRECOVERABLE
                44 CS_ENDPOINT_FAULT
                48 CS_BUS_FAULT
                49 CS_INSTR_INVALID
                4a CS_CALL_STACK_OVERFLOW
                4b CS_INHERIT_FAULT
                50 INSTR_INVALID_PC
                51 INSTR_INVALID_ENC
                55 INSTR_BARRIER_FAULT
                58 DATA_INVALID_FAULT
                59 TILE_RANGE_FAULT
                5a ADDR_RANGE_FAULT
                5b IMPRECISE_FAULT
                60 OOM
                68 CSF_FW_INTERNAL_ERROR
                69 CSF_RES_EVICTION_TIMEOUT
                80 GPU_BUS_FAULT
                88 GPU_SHAREABILITY_FAULT
                89 SYS_SHAREABILITY_FAULT
                8a GPU_CACHEABILITY_FAULT
                c0 TRANSLATION_FAULT_0
                c1 TRANSLATION_FAULT_1
                c2 TRANSLATION_FAULT_2
                c3 TRANSLATION_FAULT_3
                c4 TRANSLATION_FAULT_4
                c8 PERM_FAULT_0
                c9 PERM_FAULT_1
                ca PERM_FAULT_2
                cb PERM_FAULT_3
                d9 ACCESS_FLAG_1
                da ACCESS_FLAG_2
                db ACCESS_FLAG_3
                e0 ADDR_SIZE_FAULT_IN
                e4 ADDR_SIZE_FAULT_OUT0
                e5 ADDR_SIZE_FAULT_OUT1
                e6 ADDR_SIZE_FAULT_OUT2
                e7 ADDR_SIZE_FAULT_OUT3
                e8 MEM_ATTR_FAULT_0
                e9 MEM_ATTR_FAULT_1
                ea MEM_ATTR_FAULT_2
                eb MEM_ATTR_FAULT_3
                """;
        for (String line : table.lines().toList()) {
            int space = line.indexOf(' ');
            names.put(Long.parseLong(line.substring(0, space), 16), line.substring(space + 1));
        }
        return Collections.unmodifiableSortedMap(names);
    }
}
