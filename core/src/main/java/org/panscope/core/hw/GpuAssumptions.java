package org.panscope.core.hw;

import java.util.SortedMap;
import java.util.TreeMap;

/// Choices of the emulated GPU and firmware that no parameter changes. An `ASSUMPTION:` comment in
/// the code names the one it makes; [GpuParameters] has the choices that can be changed.
public final class GpuAssumptions {
    private static final SortedMap<String, String> ALL = new TreeMap<>();

    static {
        fixed(
                "cs.misaligned_access",
                "an access that is not aligned to its size ends the stream like one the bus"
                        + " refuses [I]");
        fixed(
                "cs.deferred_capacity",
                "the storage of deferred operations holds 48 of them [?: blocked reason DEFERRED"
                        + " says that there is a limit]");
        fixed(
                "cs.drained",
                "a deferred operation waits for what was pending in the slots of its mask when it"
                        + " was issued, not for a moment in which they are empty [?]");
        fixed(
                "cs.job_without_resource",
                "a job whose kind of endpoint was not requested blocks with reason RESOURCE [I]");
        fixed(
                "cs.insert_range",
                "an INSERT behind EXTRACT, or more than a ring ahead of it, is CS_CONFIG_FAULT [I:"
                        + " the class of bad queue setup]");
        fixed("cs.prot_region", "PROT_REGION is an invalid instruction [?]");
        fixed(
                "hw.gpu_mask_survives_reset",
                "a reset keeps GPU_INT_MASK [R: the driver waits for RESET_COMPLETED without"
                        + " writing the mask again]");
    }

    private GpuAssumptions() {}

    /// Name and description of each.
    public static SortedMap<String, String> all() {
        return new TreeMap<>(ALL);
    }

    private static void fixed(String name, String doc) {
        ALL.put(name, doc);
    }
}
