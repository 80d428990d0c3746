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
                "cs.ep_limit",
                "a job with an endpoint limit holds all cores of its stream and works on as many as"
                        + " the limit allows [I]");
        fixed(
                "cs.job_faults",
                "a job with a misaligned descriptor or a framebuffer pointer without bit 0 fails"
                    + " with DATA_INVALID_FAULT, one with an empty bounding box with"
                    + " TILE_RANGE_FAULT, one with an address above 48 bits with ADDR_RANGE_FAULT,"
                    + " and one that the MMU refuses with the code of the MMU; the info word is the"
                    + " address, or the corners of the box [I]");
        fixed(
                "cs.tiler_memory",
                "a draw takes all the heap memory it needs when it starts; without a mapped tiler"
                        + " context, heap descriptor and heap context it needs none [I]");
        fixed(
                "fw.heap_context",
                "what the GPU keeps in a heap context and in the private words of a tiler context"
                        + " is its own business; counters of a heap context that is not mapped stay"
                        + " with the firmware [I]");
        fixed(
                "fw.oom_handler",
                "the handler of the stream that ran out of memory is run, else that of the first"
                        + " stream of the group with the same heap [I]");
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
        fixed("hw.unknown_command", "a GPU_CMD of unknown type or payload does nothing [?]");
        fixed("hw.flush_order", "cache flushes are done one after the other [?]");
        fixed("hw.power_order", "no power domain needs another one to be up [?]");
        fixed(
                "hw.power_interrupts",
                "POWER_CHANGED_SINGLE rises at each change, POWER_CHANGED_ALL when no transition"
                        + " is left [I: their names]");
        fixed(
                "hw.pwr_key",
                "the key lets the next write of an override register through, and no other [?]");
        fixed(
                "hw.gpu_status",
                "GPU_STATUS: ACTIVE while a command or a stream is executed, POWER_ACTIVE while a"
                        + " core is up or in transition, PAGE_FAULT while an MMU fault is pending,"
                        + " PROTM_ACTIVE never [I: their names]");
        fixed(
                "hw.first_fault",
                "GPU_FAULT_STATUS and AS_FAULTSTATUS keep the first fault until its interrupt bit"
                        + " is cleared [I: there is one register for all]");
        fixed(
                "fw.hang",
                "a firmware that is made to hang looks at no doorbell and reports nothing; streams"
                        + " that run go on [?]");
        fixed(
                "fw.warm_boot",
                "firmware that finds the version in its control block starts warm: configuration"
                        + " and words are kept; else cold [I: the host loads the sections again"
                        + " after a slow reset only]");
        fixed(
                "fw.boot_states",
                "at every boot the acknowledged CSG and CS states are TERMINATE and STOP [I]");
        fixed(
                "fw.idle_timer_latched",
                "idle_timer is taken over when IDLE_EN rises [I: no request bit stands for it]");
        fixed(
                "fw.cs_config_reread",
                "doorbell index and IDLE_* bits are read when a stream starts and when the host"
                        + " rings it through doorbell_req [I]");
        fixed(
                "fw.resource_dep",
                "resource_dep has the endpoints that blocked streams wait for, as"
                        + " status_req_resource [?]");
        fixed(
                "fw.sleep",
                "SLEEP and the states HALT, SLEEP, SUSPEND all stop the MCU; it shows HALT [I:"
                        + " what the host polls]");
        fixed(
                "fw.resume_without_context",
                "RESUME with a suspend buffer that holds no context acts as START [?]");
        fixed(
                "fw.unmapped_suspend_buffer",
                "a suspend buffer that is not mapped crashes the firmware [I: it is an access of"
                        + " the MCU]");
        fixed(
                "fw.unused_events",
                "PERFCNT_*, CSG DOORBELL and GPU_INT DOORBELL_MIRROR are never raised [?]");
        fixed(
                "fw.inactive_events",
                "INACTIVE_COMPUTE, INACTIVE_FRAGMENT and INACTIVE_TILER are raised when the last"
                        + " job has left the endpoints of that kind, for a host that lets them"
                        + " interrupt it [?]");
        fixed(
                "fw.counters",
                "PERFCNT_EN, PERFCNT_SAMPLE, COUNTER_EN and FWCFG_UPDATE are acknowledged and"
                        + " have no effect [I]");
        fixed("fw.instrumentation", "the instr words of CS_INPUT have no effect [I]");
        fixed("fw.enable_is_auto", "MCU_CONTROL ENABLE acts as AUTO [I: panthor uses AUTO alone]");
        fixed("mmu.ina_bits", "TRANSCFG.INA of 0 is 48 bits, the most four levels walk [I]");
        fixed(
                "mmu.outa_bits",
                "TRANSCFG.OUTA of 0 is what MMU_FEATURES says, else 55 - OUTA [I: as INA]");
        fixed(
                "mmu.granule_64k",
                "tables of 64 KiB pages are not walked: every access is TRANSLATION_FAULT_0 [I:"
                        + " panthor uses 4 KiB alone]");
        fixed(
                "mmu.disabled_access",
                "an access through an unmapped address space is a bus fault [R: the driver disables"
                        + " one to kill its jobs]");
        fixed(
                "mmu.lock_reach",
                "a lock holds fetches and waits; other accesses of an instruction under way go"
                        + " on [I]");
        fixed(
                "mmu.flush_unlocks",
                "UNLOCK, FLUSH_PT and FLUSH_MEM drop every cached translation and end a lock [I:"
                        + " older drivers flush without unlocking]");
        fixed("mmu.tlb", "a TLB has 64 entries of one page, chosen by the page's number [?]");
        fixed(
                "mmu.ignored_attributes",
                "cacheability, shareability, allocation and XREADABLE have no effect [I: caches"
                        + " hold nothing here]");
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
