package org.panscope.core.isa;

import static org.panscope.core.isa.OperandField.Type.BITS;
import static org.panscope.core.isa.OperandField.Type.ENUM;
import static org.panscope.core.isa.OperandField.Type.FLAG;
import static org.panscope.core.isa.OperandField.Type.MASK;
import static org.panscope.core.isa.OperandField.Type.REGISTER;
import static org.panscope.core.isa.OperandField.Type.REGISTER_PAIR;
import static org.panscope.core.isa.OperandField.Type.SIGNED;
import static org.panscope.core.isa.OperandField.Type.UNSIGNED;

import java.util.List;

/// The opcode table of v10. Texts as Mesa's decoder of 2026 prints them, its quirks included
/// (SYNC_SET64 has two dots, RUN_FULLSCREEN prints a pair as `r`).
///
/// Mesa: src/panfrost/genxml/v10.xml, decode_csf.c
final class IsaV10 {
    /// Names of the conditions of BRANCH and SYNC_WAIT.
    static final List<String> CONDITIONS = List.of("le", "gt", "eq", "ne", "lt", "ge", "always");

    /// Names of the values that STORE_STATE stores.
    static final List<String> STATES =
            List.of("SYSTEM_TIMESTAMP", "CYCLE_COUNT", "DISJOINT_COUNT", "ERROR_STATE");

    /// Names of what HEAP_OPERATION counts.
    static final List<String> HEAP_OPERATIONS =
            List.of("vt_start", "vt_end", OperandField.INVALID, "frag_end");

    static final OperandField PROGRESS = field("progressIncrement", 32, 32, FLAG);
    static final OperandField FLAGS = field("flagsOverride", 31, 0, BITS);
    static final OperandField DRAW_ID = field("drawId", 47, 40, REGISTER);
    static final OperandField DRAW_ID_ENABLE = field("drawIdEnable", 34, 34, FLAG);
    static final OperandField MALLOC_ENABLE = field("mallocEnable", 33, 33, FLAG);

    private static final List<String> FLUSH_MODES =
            List.of("nop", "clean", OperandField.INVALID, "clean_invalidate");
    private static final String SYNC_SUFFIX =
            "{errorPropagate?.error_propagate}{scope|.system|.system|.csg|.system} [d{address}], ";
    private static final String DEFERRED = ", #{waitMask:x}, #{signalSlot}";
    private static final String SELECTS = ".srt{srt}.spd{spd}.tsd{tsd}.fau{fau}";

    private static final OperandField SIGNAL_SLOT = field("signalSlot", 51, 48, UNSIGNED);
    private static final OperandField WAIT_MASK = field("waitMask", 31, 16, MASK);
    private static final OperandField ADDRESS = field("address", 47, 40, REGISTER_PAIR);
    private static final OperandField LENGTH = field("length", 39, 32, REGISTER);
    private static final OperandField FAU = field("fau", 47, 46, UNSIGNED);
    private static final OperandField TSD = field("tsd", 45, 44, UNSIGNED);
    private static final OperandField SPD = field("spd", 43, 42, UNSIGNED);
    private static final OperandField SRT = field("srt", 41, 40, UNSIGNED);
    private static final OperandField DATA32 = field("data", 39, 32, REGISTER);
    private static final OperandField DATA64 = field("data", 39, 32, REGISTER_PAIR);
    private static final OperandField SCOPE =
            field("scope", 2, 1, "system", OperandField.INVALID, "csg");
    private static final OperandField ERROR_PROPAGATE = field("errorPropagate", 0, 0, FLAG);
    private static final OperandField ERROR_REJECT =
            field("errorReject", 0, 0, "inherit", "reject");
    private static final OperandField SYNC_CONDITION = named("condition", 31, 28, CONDITIONS);

    private IsaV10() {}

    static Isa build() {
        IsaBuilder table = new IsaBuilder(10, 96, 8);
        moves(table);
        control(table);
        jobs(table);
        synchronisation(table);
        state(table);
        otherSpellings(table);
        return table.build();
    }

    private static void moves(IsaBuilder table) {
        OperandField destination = field("destination", 55, 48, REGISTER);
        OperandField pair = field("destination", 55, 48, REGISTER_PAIR);
        OperandField immediate = field("immediate", 31, 0, SIGNED);
        OperandField base = field("base", 55, 48, REGISTER);
        OperandField mask = field("mask", 31, 16, MASK);
        OperandField offset = field("offset", 15, 0, SIGNED);
        table.row(
                        Opcodes.NOP,
                        "NOP",
                        "NOP{payload}",
                        field("metadataType", 55, 48, UNSIGNED),
                        field("metadata", 47, 0, BITS))
                .row(
                        Opcodes.MOVE48,
                        "MOVE48",
                        "MOVE48 d{destination}, #0x{immediate:X}",
                        pair,
                        field("immediate", 47, 0, BITS))
                .row(
                        Opcodes.MOVE32,
                        "MOVE32",
                        "MOVE32 r{destination}, #0x{immediate:X}",
                        destination,
                        field("immediate", 31, 0, BITS))
                .row(
                        Opcodes.ADD_IMMEDIATE32,
                        "ADD_IMMEDIATE32",
                        "ADD_IMMEDIATE32 r{destination}, r{source}, #{immediate}",
                        destination,
                        field("source", 47, 40, REGISTER),
                        immediate)
                .row(
                        Opcodes.ADD_IMMEDIATE64,
                        "ADD_IMMEDIATE64",
                        "ADD_IMMEDIATE64 d{destination}, d{source}, #{immediate}",
                        pair,
                        field("source", 47, 40, REGISTER_PAIR),
                        immediate)
                .row(
                        Opcodes.COMPARE_SELECT32,
                        "COMPARE_SELECT32",
                        "UMIN32 r{destination}, r{source1}, r{source0}",
                        destination,
                        field("source0", 47, 40, REGISTER),
                        field("source1", 39, 32, REGISTER))
                .row(
                        Opcodes.LOAD_MULTIPLE,
                        "LOAD_MULTIPLE",
                        "LOAD_MULTIPLE {regs}, {pointer}",
                        base,
                        ADDRESS,
                        mask,
                        offset)
                .row(
                        Opcodes.STORE_MULTIPLE,
                        "STORE_MULTIPLE",
                        "STORE_MULTIPLE {pointer}, {regs}",
                        base,
                        ADDRESS,
                        mask,
                        offset);
    }

    private static void control(IsaBuilder table) {
        table.row(
                        Opcodes.BRANCH,
                        "BRANCH",
                        "BRANCH.{condition} r{value}, #{offset}",
                        field("value", 47, 40, REGISTER),
                        named("condition", 30, 28, CONDITIONS),
                        field("offset", 15, 0, SIGNED))
                .row(Opcodes.CALL, "CALL", "CALL d{address}, r{length}", ADDRESS, LENGTH)
                .row(Opcodes.JUMP, "JUMP", "JUMP d{address}, r{length}", ADDRESS, LENGTH)
                .row(
                        Opcodes.SET_EXCEPTION_HANDLER,
                        "SET_EXCEPTION_HANDLER",
                        "SET_EXCEPTION_HANDLER d{address}, r{length}",
                        ADDRESS,
                        LENGTH,
                        field(
                                "exceptionType",
                                7,
                                0,
                                OperandField.INVALID,
                                OperandField.INVALID,
                                "tiler_oom"))
                // Mesa does not print the exception type; 2, tiler out of memory, is the only one.
                .imply(Opcodes.SET_EXCEPTION_HANDLER, "exceptionType", 2)
                .row(
                        Opcodes.WAIT,
                        "WAIT",
                        "WAIT #{waitMask:x}",
                        PROGRESS,
                        field("waitMask", 23, 16, MASK))
                .row(
                        Opcodes.SET_SB_ENTRY,
                        "SET_SB_ENTRY",
                        "SET_SB_ENTRY #{endpointEntry}, #{otherEntry}",
                        field("otherEntry", 7, 4, UNSIGNED),
                        field("endpointEntry", 3, 0, UNSIGNED))
                .row(
                        Opcodes.REQ_RESOURCE,
                        "REQ_RESOURCE",
                        "REQ_RESOURCE{compute?.compute}{fragment?.fragment}{tiler?.tiler}{idvs?.idvs}",
                        field("idvs", 3, 3, FLAG),
                        field("tiler", 2, 2, FLAG),
                        field("fragment", 1, 1, FLAG),
                        field("compute", 0, 0, FLAG));
    }

    private static void jobs(IsaBuilder table) {
        table.row(
                        Opcodes.RUN_COMPUTE,
                        "RUN_COMPUTE",
                        "RUN_COMPUTE.{taskAxis}" + SELECTS + " #{taskIncrement}",
                        FAU,
                        TSD,
                        SPD,
                        SRT,
                        PROGRESS,
                        field("taskAxis", 15, 14, "x_axis", "y_axis", "z_axis"),
                        field("taskIncrement", 13, 0, UNSIGNED))
                .row(
                        Opcodes.RUN_COMPUTE_INDIRECT,
                        "RUN_COMPUTE_INDIRECT",
                        "RUN_COMPUTE_INDIRECT" + SELECTS + " #{workgroupsPerTask}",
                        FAU,
                        TSD,
                        SPD,
                        SRT,
                        PROGRESS,
                        field("workgroupsPerTask", 15, 0, UNSIGNED))
                .row(
                        Opcodes.RUN_TILING,
                        "RUN_TILING",
                        "RUN_TILING" + SELECTS,
                        FAU,
                        TSD,
                        SPD,
                        SRT,
                        PROGRESS,
                        FLAGS)
                .row(
                        Opcodes.RUN_IDVS,
                        "RUN_IDVS",
                        "RUN_IDVS{mallocEnable?:.no_malloc}{drawIdEnable?.draw_id_enable}"
                                + ".varying_srt{varyingSrt}.varying_fau{varyingFau}"
                                + ".varying_tsd{varyingTsd}.frag_srt{fragmentSrt}"
                                + ".frag_tsd{fragmentTsd} r{drawId}, #{flagsOverride:x}",
                        DRAW_ID,
                        field("fragmentTsd", 39, 39, UNSIGNED),
                        field("fragmentSrt", 38, 38, UNSIGNED),
                        field("varyingTsd", 37, 37, UNSIGNED),
                        field("varyingFau", 36, 36, UNSIGNED),
                        field("varyingSrt", 35, 35, UNSIGNED),
                        DRAW_ID_ENABLE,
                        MALLOC_ENABLE,
                        PROGRESS,
                        FLAGS)
                .row(
                        Opcodes.RUN_FRAGMENT,
                        "RUN_FRAGMENT",
                        "RUN_FRAGMENT{enableTem?.tile_enable_map_enable}"
                                + ".tile_order={tileOrder|zorder|horizontal|vertical|unknown"
                                + "|unknown|rev_horizontal|rev_vertical|unknown}",
                        PROGRESS,
                        field(
                                "tileOrder",
                                7,
                                4,
                                "zorder",
                                "horizontal",
                                "vertical",
                                "unknown",
                                "unknown",
                                "rev_horizontal",
                                "rev_vertical"),
                        field("enableTem", 0, 0, FLAG))
                .row(
                        Opcodes.RUN_FULLSCREEN,
                        "RUN_FULLSCREEN",
                        "RUN_FULLSCREEN r{dcd}, #{flagsOverride:x}",
                        field("dcd", 47, 40, REGISTER_PAIR),
                        PROGRESS,
                        FLAGS)
                .row(Opcodes.FINISH_TILING, "FINISH_TILING", "FINISH_TILING", PROGRESS)
                .row(
                        Opcodes.FINISH_FRAGMENT,
                        "FINISH_FRAGMENT",
                        "FINISH_FRAGMENT{incrementCompleted?.frag_end} d{lastChunk}, d{firstChunk}"
                                + DEFERRED,
                        SIGNAL_SLOT,
                        field("firstChunk", 47, 40, REGISTER_PAIR),
                        field("lastChunk", 39, 32, REGISTER_PAIR),
                        WAIT_MASK,
                        field("incrementCompleted", 0, 0, FLAG));
    }

    private static void synchronisation(IsaBuilder table) {
        table.row(
                        Opcodes.FLUSH_CACHE2,
                        "FLUSH_CACHE2",
                        "FLUSH_CACHE2.{l2}_l2.{lsc}_lsc."
                                + "{other|nop_other|INVALID|invalidate_other|INVALID}"
                                + " r{latestFlushId}"
                                + DEFERRED,
                        SIGNAL_SLOT,
                        field("latestFlushId", 47, 40, REGISTER),
                        WAIT_MASK,
                        field("other", 11, 8, "nop", OperandField.INVALID, "invalidate"),
                        named("lsc", 7, 4, FLUSH_MODES),
                        named("l2", 3, 0, FLUSH_MODES))
                .row(
                        Opcodes.SYNC_ADD32,
                        "SYNC_ADD32",
                        "SYNC_ADD32" + SYNC_SUFFIX + "r{data}" + DEFERRED,
                        syncFields(DATA32))
                .row(
                        Opcodes.SYNC_SET32,
                        "SYNC_SET32",
                        "SYNC_SET32" + SYNC_SUFFIX + "r{data}" + DEFERRED,
                        syncFields(DATA32))
                .row(
                        Opcodes.SYNC_ADD64,
                        "SYNC_ADD64",
                        "SYNC_ADD64" + SYNC_SUFFIX + "d{data}" + DEFERRED,
                        syncFields(DATA64))
                .row(
                        Opcodes.SYNC_SET64,
                        "SYNC_SET64",
                        "SYNC_SET64." + SYNC_SUFFIX + "d{data}" + DEFERRED,
                        syncFields(DATA64))
                .row(
                        Opcodes.SYNC_WAIT32,
                        "SYNC_WAIT32",
                        "SYNC_WAIT32{condition}.{errorReject} d{address}, r{data}",
                        ADDRESS,
                        DATA32,
                        SYNC_CONDITION,
                        ERROR_REJECT)
                .row(
                        Opcodes.SYNC_WAIT64,
                        "SYNC_WAIT64",
                        "SYNC_WAIT64{condition}.{errorReject} d{address}, d{data}",
                        ADDRESS,
                        DATA64,
                        SYNC_CONDITION,
                        ERROR_REJECT);
    }

    private static void state(IsaBuilder table) {
        table.row(
                        Opcodes.STORE_STATE,
                        "STORE_STATE",
                        "STORE_STATE.{state|SYSTEM_TIMESTAMP|CYCLE_COUNT|DISJOINT_COUNT|ERROR_STATE"
                                + "|UNKNOWN_STATE} d{address}, #{offset}"
                                + DEFERRED,
                        SIGNAL_SLOT,
                        ADDRESS,
                        named("state", 33, 32, STATES),
                        WAIT_MASK,
                        field("offset", 15, 0, SIGNED))
                .row(
                        Opcodes.PROT_REGION,
                        "PROT_REGION",
                        "PROT_REGION #{size*8}",
                        field("size", 15, 0, UNSIGNED))
                .row(
                        Opcodes.PROGRESS_WAIT,
                        "PROGRESS_WAIT",
                        null,
                        field("source", 47, 40, REGISTER_PAIR),
                        field("queue", 4, 0, UNSIGNED))
                .row(
                        Opcodes.PROGRESS_STORE,
                        "PROGRESS_STORE",
                        null,
                        field("source", 47, 40, REGISTER_PAIR))
                .row(
                        Opcodes.PROGRESS_LOAD,
                        "PROGRESS_LOAD",
                        null,
                        field("destination", 55, 48, REGISTER_PAIR))
                .row(Opcodes.ERROR_BARRIER, "ERROR_BARRIER", "ERROR_BARRIER")
                .row(Opcodes.HEAP_SET, "HEAP_SET", "HEAP_SET d{address}", ADDRESS)
                .row(
                        Opcodes.HEAP_OPERATION,
                        "HEAP_OPERATION",
                        "HEAP_OPERATION.{operation} #{waitMask:x}, #{signalSlot}",
                        SIGNAL_SLOT,
                        named("operation", 33, 32, HEAP_OPERATIONS),
                        WAIT_MASK)
                .row(
                        Opcodes.TRACE_POINT,
                        "TRACE_POINT",
                        "TRACE_POINT r{base}:r{last}" + DEFERRED,
                        SIGNAL_SLOT,
                        field("count", 47, 40, UNSIGNED),
                        field("base", 39, 32, REGISTER),
                        WAIT_MASK);
    }

    private static OperandField[] syncFields(OperandField data) {
        return new OperandField[] {SIGNAL_SLOT, ADDRESS, data, WAIT_MASK, SCOPE, ERROR_PROPAGATE};
    }

    /// Texts of Mesa 24.3 that differ in more than detail, and regular forms of irregular texts.
    private static void otherSpellings(IsaBuilder table) {
        table.spelling(Opcodes.MOVE48, "MOVE d{destination}, #0x{immediate:X}")
                .spelling(Opcodes.PROGRESS_WAIT, "PROGRESS_WAIT d{source}, #{queue}")
                .spelling(Opcodes.PROGRESS_STORE, "PROGRESS_STORE d{source}")
                .spelling(Opcodes.PROGRESS_LOAD, "PROGRESS_LOAD d{destination}")
                .spelling(Opcodes.SYNC_SET64, "SYNC_SET64" + SYNC_SUFFIX + "d{data}" + DEFERRED)
                .spelling(
                        Opcodes.SYNC_WAIT32,
                        "SYNC_WAIT32.{condition}.{errorReject} d{address}, r{data}")
                .spelling(
                        Opcodes.SYNC_WAIT64,
                        "SYNC_WAIT64.{condition}.{errorReject} d{address}, d{data}");
    }

    static OperandField field(String name, int high, int low, OperandField.Type type) {
        return new OperandField(name, high, low, type);
    }

    /// A code whose values have names.
    static OperandField field(String name, int high, int low, String... names) {
        return named(name, high, low, List.of(names));
    }

    static OperandField named(String name, int high, int low, List<String> names) {
        return new OperandField(name, high, low, ENUM, names);
    }
}
