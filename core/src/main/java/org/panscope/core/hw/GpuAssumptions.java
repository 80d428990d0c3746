package org.panscope.core.hw;

import java.util.SortedMap;
import java.util.TreeMap;

/// Choices of the emulated GPU and firmware that no parameter changes. An `ASSUMPTION:` comment in
/// the code names the one it makes; [GpuParameters] has the choices that can be changed.
public final class GpuAssumptions {
    private static final SortedMap<String, String> ALL = new TreeMap<>();

    static {
        fixed(
                "cs.operand_range",
                "an operand that names a register or scoreboard slot that does not exist is an"
                        + " invalid instruction [?]");
        fixed(
                "cs.transfer_at_issue",
                "loads and stores move data when they issue; their slot is held for a while longer"
                        + " [I: correct programs cannot tell]");
        fixed(
                "cs.error_state_value",
                "STORE_STATE stores the exception type as ERROR_STATE [I: drivers test for"
                        + " non-zero]");
        fixed(
                "cs.trace_point_record",
                "TRACE_POINT appends its registers as 32-bit words to the instrumentation buffer,"
                        + " wraps at its size, and advances the 64-bit offset of all bytes ever"
                        + " written [?]");
        fixed(
                "cs.next_sb_entry",
                "NEXT_SB_ENTRY picks the next slot of the stream mask after the one selected for"
                        + " its type; without a mask the selection stays [I]");
        fixed(
                "cs.shared_slots",
                "SHARED_SB_INC blocks until the local slots of its mask are 0; SHARED_SB_DEC stops"
                        + " at 0 [?]");
        fixed(
                "cs.job_without_resource",
                "a job whose kind of endpoint was not requested blocks with reason RESOURCE [I]");
        fixed(
                "cs.job_time",
                "the time of a job is proportional to its workgroups, vertices or tiles, and its"
                        + " cores share it evenly; how many there are is settled when it starts"
                        + " [I]");
        fixed(
                "fw.endpoint_arbitration",
                "endpoints go by priority of the group, priority of the queue, and turn; nobody is"
                    + " interrupted, but who ranks no higher than a waiter starts no further job"
                    + " [I: released at job boundaries]");
        fixed(
                "fw.endpoint_power",
                "shader cores and tilers go on together when work arrives; the power-off timer"
                        + " runs from the end of the last job, and 0 means never [I]");
        fixed(
                "cs.insert_range",
                "an INSERT behind EXTRACT, or more than a ring ahead of it, is CS_CONFIG_FAULT [I:"
                        + " the class of bad queue setup]");
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
