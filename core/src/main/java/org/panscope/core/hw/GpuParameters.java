package org.panscope.core.hw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything about the emulated GPU and its firmware that a scenario may set: identity registers,
/// sizes, latencies, and the choices where no public source says what the hardware does. Immutable;
/// [#with] gives a changed copy; [CsParameters] names the choices of execution. Defaults are a
/// Mali-G610 MP4 as in the RK3588.
public final class GpuParameters {
    private static final Map<String, Description> KNOWN = new TreeMap<>();

    /// Where GPU_ID has the architecture's major number (`panthor_regs.h`: `GPU_ARCH_MAJOR`).
    private static final int ARCHITECTURE_SHIFT = 28;

    public static final String GPU_ID = known("gpu.id", 0xa867_0005L, "GPU_ID, Mali-G610 r0p0");
    public static final String L2_FEATURES = known("gpu.l2_features", 0x0712_0306L, "L2_FEATURES");
    public static final String CORE_FEATURES = known("gpu.core_features", 0, "CORE_FEATURES [?]");
    public static final String TILER_FEATURES =
            known("gpu.tiler_features", 0x809, "TILER_FEATURES");
    public static final String MEM_FEATURES = known("gpu.mem_features", 0x301, "MEM_FEATURES");
    public static final String MMU_FEATURES =
            known("gpu.mmu_features", 0x2830, "MMU_FEATURES: VA bits 7:0, PA bits 15:8");
    public static final String AS_PRESENT =
            known("gpu.as_present", 0xff, "AS_PRESENT, one bit per address space");
    public static final String SHADER_PRESENT =
            known("gpu.shader_present", 0x50005, "SHADER_PRESENT, one bit per core");
    public static final String TILER_PRESENT =
            known("gpu.tiler_present", 1, "TILER_PRESENT, one bit per tiler");
    public static final String L2_PRESENT = known("gpu.l2_present", 1, "L2_PRESENT");
    public static final String CSF_ID = known("gpu.csf_id", 0, "CSF_ID [?]");
    public static final String REVIDR = known("gpu.revidr", 0, "REVIDR [?]");
    public static final String GPU_FEATURES =
            known("gpu.features", 0, "GPU_FEATURES: bit 2 ray intersection, 5 ray traversal [I]");
    public static final String MAX_THREADS =
            known("gpu.thread_max_threads", 0, "THREAD_MAX_THREADS [?]");
    public static final String MAX_WORKGROUP_SIZE =
            known("gpu.thread_max_workgroup_size", 0, "THREAD_MAX_WORKGROUP_SIZE [?]");
    public static final String MAX_BARRIER_SIZE =
            known("gpu.thread_max_barrier_size", 0, "THREAD_MAX_BARRIER_SIZE [?]");
    public static final String THREAD_FEATURES =
            known("gpu.thread_features", 0, "THREAD_FEATURES [?]");
    private static final List<String> TEXTURE_FEATURES =
            List.of(
                    known("gpu.texture_features_0", 0, "TEXTURE_FEATURES, word 0 [?]"),
                    known("gpu.texture_features_1", 0, "TEXTURE_FEATURES, word 1 [?]"),
                    known("gpu.texture_features_2", 0, "TEXTURE_FEATURES, word 2 [?]"),
                    known("gpu.texture_features_3", 0, "TEXTURE_FEATURES, word 3 [?]"));
    public static final String TIMESTAMP_HZ =
            known("gpu.timestamp_hz", 24_000_000, "rate of the system counter");
    public static final String CORE_CLOCK_HZ =
            known("gpu.core_clock_hz", 1_000_000_000, "rate of the cycle counter [I]");
    public static final String COHERENCY_FEATURES =
            known("gpu.coherency_features", 0, "COHERENCY_FEATURES");
    public static final String CSG_SLOTS =
            known("fw.csg_slots", 8, "CSG interfaces, 3..31 [I: usual for this firmware]");
    public static final String STREAMS_PER_CSG =
            known("fw.streams_per_csg", 8, "CS interfaces per CSG, 8..32 [I]");
    public static final String VERSION = known("fw.version", 0x0101_0000, "interface 1.1.0");
    public static final String INSTR_FEATURES =
            known("fw.instr_features", 0x71, "instrumentation features of GLB_CONTROL");
    public static final String IRQ_LATENCY_MIN_NS =
            known("hw.irq_latency_min_ns", 1_000, "interrupt line up to hard handler, least [I]");
    public static final String IRQ_LATENCY_MAX_NS =
            known("hw.irq_latency_max_ns", 1_000, "interrupt line up to hard handler, most [I]");
    public static final String IRQ_COALESCE_NS =
            known(
                    "hw.irq_coalesce_ns",
                    0,
                    "how long an interrupt line collects bits before it is delivered [?]");
    public static final String RAWSTAT_WRITABLE =
            known("hw.rawstat_writable", 0, "writing RAWSTAT raises the bits written [?]");
    public static final String DEBUG_ENABLED =
            known("hw.debug_enabled", 0, "GPU_STATUS shows debug enabled [?]");
    public static final String DOORBELLS =
            known(
                    "hw.doorbells",
                    0,
                    "doorbell pages; 0 is one more than CSG slots, at least 24 [I: a vendor driver"
                            + " counts 24, a later one as many as fit the register window]");
    public static final String FLUSH_NS = known("hw.flush_ns", 2_000, "time of a cache flush [I]");
    public static final String RESET_NS = known("hw.reset_ns", 20_000, "time of a soft reset [I]");
    public static final String HARD_RESET_NS =
            known("hw.hard_reset_ns", 20_000, "time of a hard reset [I]");
    public static final String FLUSH_ID_FULL_ONLY =
            known(
                    "hw.flush_id_full_only",
                    1,
                    "LATEST_FLUSH_ID moves only when L2 and LSC are cleaned and invalidated, else"
                            + " at every flush [I: it counts full flushes]");
    public static final String POWER_NS =
            known("hw.power_ns", 10_000, "time to power cores or the L2 up or down [I]");
    public static final String ENDPOINT_POWER_NS =
            known("hw.endpoint_power_ns", 2_000, "time to power shader cores and tilers up [I]");
    public static final String CORES_TAKE_BOTH =
            known("hw.cores_take_both", 1, "a core takes compute and fragment work at once [I]");
    public static final String AS_COMMAND_NS =
            known("mmu.command_ns", 500, "how long AS_STATUS shows a command active [I]");
    public static final String AS_FLUSH_NS =
            known("mmu.flush_ns", 500, "the same for FLUSH_PT and FLUSH_MEM [I]");
    public static final String COMMAND_WHILE_BUSY =
            known(
                    "mmu.command_while_busy",
                    0,
                    "a command written while AS_ACTIVE is executed, else lost [?: the driver waits"
                            + " before each command]");
    public static final String CHECK_UNPRIVILEGED =
            known(
                    "mmu.check_unprivileged",
                    1,
                    "pages without AP[1] (unprivileged access) fault [?: the driver sets it in"
                            + " every page]");
    public static final String LOCK_STALLS =
            known(
                    "mmu.lock_stalls",
                    1,
                    "a stream whose next instruction or awaited object lies in a locked region"
                            + " waits for UNLOCK [I: the driver locks before it flushes]");
    public static final String FAULT_SOURCE_ID =
            known("mmu.fault_source_id", 0, "SOURCE_ID of AS_FAULTSTATUS [?]");
    public static final String FAULT_EXTRA = known("mmu.fault_extra", 0, "AS_FAULTEXTRA [?]");
    public static final String BOOT_NS =
            known("fw.boot_ns", 100_000, "MCU_CONTROL to first global interrupt [I]");
    public static final String HALT_NS =
            known("fw.halt_ns", 10_000, "HALT or disable request to MCU_STATUS [I]");
    public static final String DOORBELL_NS =
            known("fw.doorbell_ns", 1_000, "doorbell store until the firmware looks [I]");
    public static final String CS_START_DELAY_NS =
            known("fw.cs_start_delay_ns", 30_000, "CSG START acknowledged until first fetch [I]");
    public static final String FW_FEATURES =
            known("fw.features", 0, "features of GLB_CONTROL [R: public boot logs]");
    public static final String PERFCNT_SIZE =
            known("fw.perfcnt_size", 0, "perfcnt_size of GLB_CONTROL [?: counters are left out]");
    public static final String PROTM_ENTER =
            known(
                    "fw.protm_enter",
                    0,
                    "PROTM_ENTER is acknowledged and followed by PROTM_EXIT at once, else never"
                            + " acknowledged [I: protected mode is left out]");
    public static final String EXTRACT_EVENT =
            known(
                    "fw.extract_event",
                    1,
                    "EXTRACT_EVENT is a level: the acknowledge bit rises when EXTRACT moves, and"
                        + " falls when the stream is rung without the request bit; else it never"
                        + " rises [I: panthor requests it and does not look at it]");
    public static final String DOORBELL_REMEMBERED =
            known(
                    "fw.doorbell_remembered",
                    0,
                    "a doorbell rung while the MCU is off is seen when it boots, else lost [?]");
    public static final String ECHO_UNKNOWN_CSG_STATE =
            known(
                    "fw.echo_unknown_csg_state",
                    0,
                    "a CSG state above RESUME is acknowledged as it is, which makes panthor reset;"
                            + " else never acknowledged [?]");
    public static final String RESTART_RUNNING_CSG =
            known(
                    "fw.restart_running_csg",
                    0,
                    "START or RESUME of a slot that runs starts its streams anew, else it is only"
                            + " acknowledged [?]");
    public static final String GRANT_NS =
            known("fw.grant_ns", 500, "endpoints free until the next stream has them [I]");
    public static final String IDLE_HYSTERESIS_NS =
            known("fw.idle_hysteresis_ns", 100_000, "ring empty until ACTIVE becomes 0 [?]");
    public static final String INSTRUCTION_NS =
            known("cs.instruction_ns", 20, "time of one instruction [I]");
    public static final String MEMORY_NS =
            known("cs.memory_ns", 200, "time a load or store holds its slot [I]");
    public static final String SYNC_NOTIFY_NS =
            known("cs.sync_notify_ns", 200, "sync object update until waiters look again [I]");
    public static final String COMPUTE_NS =
            known("cs.compute_job_ns", 50_000, "least time of a compute job [I]");
    public static final String WORKGROUP_NS =
            known("cs.workgroup_ns", 1_000, "time of a compute workgroup on one core [I]");
    public static final String TILING_NS =
            known("cs.tiling_job_ns", 50_000, "least time of a vertex or tiling job [I]");
    public static final String VERTEX_NS =
            known("cs.vertex_ns", 20, "time of a vertex, shaded and tiled, on one core [I]");
    public static final String IDVS_NEEDS_CORES =
            known("cs.idvs_needs_cores", 1, "RUN_IDVS shades on compute places of cores [I]");
    public static final String TILER_VERTEX_BYTES =
            known("cs.tiler_vertex_bytes", 64, "tiler heap memory of a vertex [I]");
    public static final String JOB_DESCRIPTOR_CHECKS =
            known(
                    "cs.job_descriptor_checks",
                    1,
                    "jobs fault on descriptors that are misaligned, out of range or not mapped: 0"
                            + " never, 1 when the pointer is not null, 2 also when it is null [I: a"
                            + " null pointer stands for a job whose shader nobody wrote]");
    public static final String TERMINATE_REPORTS_JOBS =
            known(
                    "fw.terminate_reports_jobs",
                    1,
                    "a job that runs when its group is terminated is reported as CS_RES_TERM [I:"
                            + " its endpoints are taken away for good]");
    public static final String JOB_STOP_NS =
            known("cs.job_stop_ns", 0, "time a job takes to leave its endpoints when asked to [?]");
    public static final String EVICTION_TIMEOUT_NS =
            known(
                    "fw.eviction_timeout_ns",
                    100_000_000,
                    "longest time a job may take to leave its endpoints when its group is"
                            + " suspended; then it fails with CSF_RES_EVICTION_TIMEOUT [?]");
    public static final String SUSPEND_WAITS_FOR_JOBS =
            known(
                    "fw.suspend_waits_for_jobs",
                    0,
                    "SUSPEND lets jobs that run finish, at most for fw.eviction_timeout_ns, and"
                            + " starts no others; else they are taken off their endpoints and go on"
                            + " when the group is resumed [?]");
    public static final String JOB_FAULT_NS =
            known("cs.job_fault_ns", 1_000, "time until a job with a bad descriptor fails [I]");
    public static final String FINISH_TILING_NS =
            known("cs.finish_tiling_ns", 5_000, "time FINISH_TILING flushes the tiler [I]");
    public static final String FRAGMENT_NS =
            known("cs.fragment_job_ns", 100_000, "least time of a fragment job [I]");
    public static final String TILE_NS =
            known("cs.tile_ns", 500, "time of a 16x16 tile on one core [I]");
    public static final String CALL_DEPTH =
            known("cs.call_depth", 8, "levels of the call stack, the ring included");
    public static final String REPOLL_ON_GLOBAL_DOORBELL =
            known("fw.repoll_on_global_doorbell", 1, "doorbell 0 re-evaluates sync waits [?]");
    public static final String REPOLL_ON_GROUP_DOORBELL =
            known("fw.repoll_on_group_doorbell", 1, "a CSG doorbell re-evaluates sync waits [?]");
    public static final String FW_REPOLLS_SYNC =
            known(
                    "param.fw_repolls_sync",
                    0,
                    "every how many microseconds the firmware looks by itself at the sync waits of"
                            + " streams on slots; 0 is only at doorbells and stores [?]");
    public static final String REREAD_INSERT_WHEN_EMPTY =
            known("fw.reread_insert_when_empty", 0, "INSERT is read again at the end of it [?]");
    public static final String ERROR_STATE_DROPS_JOBS =
            known("cs.error_state_drops_jobs", 1, "RUN_* does nothing until ERROR_BARRIER [I]");

    static {
        CsParameters.all().forEach(choice -> KNOWN.put(choice.name(), choice));
    }

    private final Map<String, Long> changed;

    private GpuParameters(Map<String, Long> changed) {
        this.changed = changed;
    }

    /// A parameter that exists.
    ///
    /// @param doc what it means; [I] inferred, [?] nobody public says
    public record Description(String name, long defaultValue, String doc) {}

    public static GpuParameters defaults() {
        return new GpuParameters(Map.of());
    }

    /// Every parameter, by name.
    public static List<Description> describe() {
        return new ArrayList<>(KNOWN.values());
    }

    /// The parameter of a TEXTURE_FEATURES word.
    static String textureFeatures(int word) {
        return TEXTURE_FEATURES.get(word);
    }

    /// A copy with one value changed.
    ///
    /// @throws IllegalArgumentException when there is no such parameter, or it cannot have the
    ///   value
    public GpuParameters with(String name, long value) {
        if (!KNOWN.containsKey(name)) {
            throw new IllegalArgumentException("no such parameter: " + name);
        }
        if ((name.endsWith("_ns") && value < 0) || (name.endsWith("_hz") && value <= 0)) {
            throw new IllegalArgumentException(name + " is a time or a rate, not " + value);
        }
        Map<String, Long> copy = new TreeMap<>(changed);
        copy.put(name, value);
        return new GpuParameters(copy);
    }

    /// Value of a parameter.
    public long get(String name) {
        Long value = changed.get(name);
        Description description = KNOWN.get(name);
        if (description == null) {
            throw new IllegalArgumentException("no such parameter: " + name);
        }
        return value == null ? description.defaultValue() : value;
    }

    /// Major number of the architecture in GPU_ID. It need not be one that anybody knows.
    public int architecture() {
        return (int) Math.min(get(GPU_ID) >>> ARCHITECTURE_SHIFT, Integer.MAX_VALUE);
    }

    /// The same GPU of another architecture.
    ///
    /// @param major number of the architecture, 0 to 15
    public GpuParameters withArchitecture(int major) {
        long rest = get(GPU_ID) & (1L << ARCHITECTURE_SHIFT) - 1;
        return with(GPU_ID, rest | (long) major << ARCHITECTURE_SHIFT);
    }

    /// As [#get], for values that fit 32 bits (registers keep their bit pattern).
    public int getInt(String name) {
        return (int) get(name);
    }

    /// Whether a switch is on.
    public boolean isOn(String name) {
        return get(name) != 0;
    }

    private static String known(String name, long defaultValue, String doc) {
        KNOWN.put(name, new Description(name, defaultValue, doc));
        return name;
    }
}
