package org.panscope.core.isa;

import static org.panscope.core.isa.IsaV10.field;
import static org.panscope.core.isa.IsaV10.named;
import static org.panscope.core.isa.OperandField.INVALID;
import static org.panscope.core.isa.OperandField.Type.FLAG;
import static org.panscope.core.isa.OperandField.Type.MASK;
import static org.panscope.core.isa.OperandField.Type.REGISTER;
import static org.panscope.core.isa.OperandField.Type.UNSIGNED;

import java.util.List;

/// v11 as differences from v10: sixteen scoreboard slots that can be chosen indirectly, LOGIC_OP32,
/// scoreboard slots shared by a group, ray tracing; RUN_TILING is gone.
///
/// Mesa: src/panfrost/genxml/v11.xml, decode_csf.c
final class IsaV11 {
    private static final OperandField DEFER_MODE =
            field("deferMode", 52, 52, "immediate", "indirect");
    private static final String DEFER = "{deferMode?.defer_indirect:.defer_immediate}";

    private static final int[] DEFERRABLE = {
        Opcodes.FINISH_FRAGMENT,
        Opcodes.FLUSH_CACHE2,
        Opcodes.SYNC_ADD32,
        Opcodes.SYNC_SET32,
        Opcodes.SYNC_ADD64,
        Opcodes.SYNC_SET64,
        Opcodes.STORE_STATE,
        Opcodes.TRACE_POINT
    };

    private static final OperandField STATE =
            field(
                    "state",
                    39,
                    32,
                    "sb_sel_endpoint",
                    "sb_sel_other",
                    "sb_sel_deferred",
                    INVALID,
                    INVALID,
                    INVALID,
                    INVALID,
                    INVALID,
                    "sb_mask_stream",
                    "sb_mask_wait");

    private static final List<String> LOGIC_OPERATIONS =
            List.of(
                    "CLEAR",
                    "AND",
                    "AND_A_NB",
                    "MOV_A",
                    "AND_NA_B",
                    "MOV_B",
                    "XOR",
                    "OR",
                    "NOR",
                    "XNOR",
                    "NOT_B",
                    "OR_A_NB",
                    "NOT_A",
                    "OR_NA_B",
                    "NAND",
                    "SET");

    private IsaV11() {}

    static Isa build(Isa v10) {
        IsaBuilder table = new IsaBuilder(11, 96, 16, v10);
        changes(table);
        additions(table);
        return table.remove(Opcodes.RUN_TILING).build();
    }

    private static void changes(IsaBuilder table) {
        table.field(field("waitMask", 31, 16, MASK), Opcodes.WAIT)
                .field(field("waitMode", 33, 33, "immediate", "indirect"), Opcodes.WAIT)
                .field(named("condition", 31, 28, IsaV10.CONDITIONS), Opcodes.BRANCH)
                .field(named("state", 39, 32, IsaV10.STATES), Opcodes.STORE_STATE)
                .field(named("operation", 34, 32, IsaV10.HEAP_OPERATIONS), Opcodes.HEAP_OPERATION)
                .field(field("rayTracing", 4, 4, FLAG), Opcodes.REQ_RESOURCE)
                .field(field("tilerFlags2Enable", 55, 55, FLAG), Opcodes.RUN_FULLSCREEN)
                .imply(Opcodes.RUN_FULLSCREEN, "tilerFlags2Enable", 1)
                .field(DEFER_MODE, DEFERRABLE)
                .suffix(DEFER, DEFERRABLE)
                // Mesa does not print this one's.
                .field(DEFER_MODE, Opcodes.HEAP_OPERATION);
    }

    private static void additions(IsaBuilder table) {
        OperandField destination = field("destination", 55, 48, REGISTER);
        OperandField sharedEntry = field("sharedEntry", 51, 48, UNSIGNED);
        table.row(
                        Opcodes.LOGIC_OP32,
                        "LOGIC_OP32",
                        "LOGIC_OP32.{mode} r{destination}, r{source0}, r{source1}.{index}",
                        destination,
                        field("source0", 47, 40, REGISTER),
                        field("source1", 39, 32, REGISTER),
                        field("index", 4, 4, "direct", "index"),
                        named("mode", 3, 0, LOGIC_OPERATIONS))
                .row(
                        Opcodes.NEXT_SB_ENTRY,
                        "NEXT_SB_ENTRY",
                        "NEXT_SB_ENTRY.{sbType}.{format} r{destination}",
                        destination,
                        field("format", 36, 36, "index", "mask"),
                        field("sbType", 35, 32, "no_change", "endpoint", "other", "deferred"))
                .row(
                        Opcodes.SET_STATE,
                        "SET_STATE",
                        "SET_STATE.{state} r{source}",
                        field("source", 47, 40, REGISTER),
                        STATE)
                .row(
                        Opcodes.SET_STATE_IMM32,
                        "SET_STATE_IMM32",
                        "SET_STATE_IMM32.{state} #{value}",
                        STATE,
                        field("value", 31, 0, UNSIGNED))
                .row(
                        Opcodes.SHARED_SB_INC,
                        "SHARED_SB_INC",
                        "SHARED_SB_INC" + DEFER + " #{sbMask}, #{sharedEntry}",
                        DEFER_MODE,
                        sharedEntry,
                        IsaV10.PROGRESS,
                        field("sbMask", 31, 16, MASK))
                .row(
                        Opcodes.SHARED_SB_DEC,
                        "SHARED_SB_DEC",
                        "SHARED_SB_DEC #{sharedEntry}",
                        sharedEntry,
                        IsaV10.PROGRESS);
    }
}
