package org.panscope.core.scenario;

import java.util.List;

/// What DEV_QUERY can be asked for, by its number.
final class DevQueryTypes {
    static final List<String> LABELS =
            List.of("gpu_info", "csif_info", "timestamp_info", "group_priorities_info", "mmu_info");

    private DevQueryTypes() {}
}
