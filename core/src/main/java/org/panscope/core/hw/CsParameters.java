package org.panscope.core.hw;

import java.util.ArrayList;
import java.util.List;

/// The choices of command-stream execution that no public source settles, part of [GpuParameters].
/// Each default is what drivers' use and the names of fields suggest; another value lets a driver
/// developer see what would follow from another reading.
public final class CsParameters {
    private static final List<GpuParameters.Description> ALL = new ArrayList<>();

    public static final String DRAINED =
            choice(
                    "cs.drained",
                    0,
                    "when a deferred operation may start: 0 when what its mask's slots held at its"
                            + " issue has ended, 1 when they are empty at one moment [?]");
    public static final String DEFERRED_IN_ORDER =
            choice(
                    "cs.deferred_in_order",
                    1,
                    "operations deferred on the same slot with the same mask perform in issue order"
                            + " [I: panvk relies on it for the end of tiling and the signal]");
    public static final String DEFERRED_CAPACITY =
            choice(
                    "cs.deferred_capacity",
                    48,
                    "asynchronous operations a queue can have pending, 1 to 48; one more blocks"
                            + " with reason DEFERRED [?: the reason says that there is a limit]");
    public static final String INITIAL_ENDPOINT_SLOT =
            choice(
                    "cs.initial_endpoint_slot",
                    0,
                    "scoreboard slot of jobs before SET_SB_ENTRY or SET_STATE chose one [?]");
    public static final String INITIAL_OTHER_SLOT =
            choice(
                    "cs.initial_other_slot",
                    0,
                    "scoreboard slot of loads and stores before one was chosen [?]");
    public static final String MISALIGNED_ACCESS =
            choice(
                    "cs.misaligned_access",
                    0,
                    "an access not aligned to its size: 0 CS_BUS_FAULT, 1 its address is rounded"
                            + " down [I]");
    public static final String SYNC_OBJECT_ALIGNMENT =
            choice(
                    "cs.sync_object_alignment",
                    1,
                    "a sync object must be aligned to value and status together (8 or 16 bytes),"
                            + " not only to its value [I]");
    public static final String ODD_PAIR =
            choice(
                    "cs.odd_pair",
                    0,
                    "a 64-bit operand that begins at an odd register: 0 executed as written, 1"
                            + " invalid instruction [?]");
    public static final String RESERVED_BITS =
            choice(
                    "cs.reserved_bits",
                    0,
                    "bits of no field that are set: 0 ignored, 1 invalid instruction [?]");
    public static final String RESERVED_CODE =
            choice(
                    "cs.reserved_code",
                    0,
                    "a condition, state, mode, type or sub-opcode without a meaning: 0 invalid"
                            + " instruction, 1 the instruction does nothing [?]");
    public static final String BRANCH_OUTSIDE =
            choice(
                    "cs.branch_outside",
                    0,
                    "BRANCH to outside the current buffer: 0 invalid instruction, 1 leaves the"
                            + " buffer as its end does [?]");
    public static final String CALL_LENGTH =
            choice(
                    "cs.call_length",
                    0,
                    "CALL, JUMP and SET_EXCEPTION_HANDLER with an address or length that is no"
                            + " multiple of 8: 0 invalid instruction, 1 rounded down [I: Mesa's"
                            + " interpreter refuses it]");
    public static final String EMPTY_CALL =
            choice(
                    "cs.empty_call",
                    0,
                    "CALL with length 0: 0 returns at once, 1 invalid instruction [I]");
    public static final String JUMP_IN_RING =
            choice(
                    "cs.jump_in_ring",
                    0,
                    "JUMP in the ring itself: 0 invalid instruction, 1 as CALL [I: Mesa's"
                            + " interpreter refuses it]");
    public static final String RESERVED_SYNC_CONDITION =
            choice(
                    "cs.reserved_sync_condition",
                    0,
                    "SYNC_WAIT with a condition other than LE and GT: 0 invalid instruction, 1 the"
                            + " conditions of BRANCH between value and reference, unsigned [?]");
    public static final String SYNC_CLEARS_STATUS =
            choice(
                    "cs.sync_clears_status",
                    1,
                    "SYNC_ADD and SYNC_SET without error propagation write \"no fault\" beside the"
                            + " value, instead of leaving the status word alone [I: field names]");
    public static final String INHERIT_IS_FAULT =
            choice(
                    "cs.inherit_is_fault",
                    1,
                    "SYNC_WAIT.inherit of an object with an error reports CS_INHERIT_FAULT and sets"
                            + " the error state [I: field names]");
    public static final String FLUSH_ELIMINATION =
            choice(
                    "cs.flush_elimination",
                    1,
                    "FLUSH_CACHE2 is skipped when the GPU has flushed since the flush id in its"
                            + " register was read [R: the uAPI's latest_flush]");
    public static final String FLUSH_ADVANCES_ID =
            choice(
                    "cs.flush_advances_id",
                    1,
                    "a FLUSH_CACHE2 that is performed advances the flush id [I]");
    public static final String PROGRESS_WAIT_EXCEEDS =
            choice(
                    "cs.progress_wait_exceeds",
                    0,
                    "PROGRESS_WAIT goes on when the counter: 0 has reached the reference, 1 exceeds"
                            + " it [I]");
    public static final String PROT_REGION =
            choice(
                    "cs.prot_region",
                    0,
                    "PROT_REGION: 0 invalid instruction, 1 blocks for ever with CS_PROTM_PENDING to"
                            + " the host, 2 its instructions run unprotected [?: the driver has no"
                            + " protected mode]");
    public static final String DISJOINT_COUNT =
            choice(
                    "cs.disjoint_count",
                    0,
                    "what STORE_STATE stores as DISJOINT_COUNT; the modelled counters never jump"
                            + " [I]");
    public static final String INDIRECT_MASK =
            choice(
                    "cs.indirect_mask",
                    0,
                    "v11 on, wait mask of an operation in indirect defer mode: 0 SB_MASK_WAIT, 1"
                            + " SB_MASK_STREAM [?]");

    private CsParameters() {}

    /// Every choice.
    static List<GpuParameters.Description> all() {
        return List.copyOf(ALL);
    }

    private static String choice(String name, long defaultValue, String doc) {
        ALL.add(new GpuParameters.Description(name, defaultValue, doc));
        return name;
    }
}
