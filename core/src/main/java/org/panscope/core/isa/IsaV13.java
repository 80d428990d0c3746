package org.panscope.core.isa;

import static org.panscope.core.isa.IsaV10.field;
import static org.panscope.core.isa.IsaV10.named;
import static org.panscope.core.isa.OperandField.Type.REGISTER;
import static org.panscope.core.isa.OperandField.Type.REGISTER_PAIR;
import static org.panscope.core.isa.OperandField.Type.SIGNED;

import java.util.List;

/// v13 as differences from v12: the arithmetic instructions become families with a sub-opcode,
/// which gives the mnemonic. Sub-opcode 0 is what the opcode meant before.
///
/// Mesa: src/panfrost/genxml/v13.xml, decode_csf.c
final class IsaV13 {
    private IsaV13() {}

    static Isa build(Isa v12) {
        return new IsaBuilder(13, 128, 16, v12)
                .row(
                        Opcodes.ARITH_IMM32,
                        "ARITH_IMM32",
                        "{subOpcode} r{destination}, r{source}, #{immediate}",
                        immediateFields(REGISTER, "32"))
                .row(
                        Opcodes.ARITH_IMM64,
                        "ARITH_IMM64",
                        "{subOpcode} d{destination}, d{source}, #{immediate}",
                        immediateFields(REGISTER_PAIR, "64"))
                .row(
                        Opcodes.ARITH_REG32,
                        "ARITH_REG32",
                        "{subOpcode} r{destination}, r{source1}, r{source0}",
                        registerFields(REGISTER, "32"))
                .row(
                        Opcodes.ARITH_REG64,
                        "ARITH_REG64",
                        "{subOpcode} d{destination}, d{source1}, d{source0}",
                        registerFields(REGISTER_PAIR, "64"))
                .spelling(
                        Opcodes.ARITH_IMM32,
                        "ADD_IMMEDIATE32 r{destination}, r{source}, #{immediate}")
                .spelling(
                        Opcodes.ARITH_IMM64,
                        "ADD_IMMEDIATE64 d{destination}, d{source}, #{immediate}")
                .build();
    }

    private static OperandField[] immediateFields(OperandField.Type register, String width) {
        List<String> operations =
                List.of(
                        "ADD_IMM" + width,
                        "LSHIFT_IMM" + width,
                        "RSHIFT_IMM_U" + width,
                        "RSHIFT_IMM_S" + width,
                        "BFEXT_U" + width,
                        "BFEXT_S" + width,
                        "BFINS_IMM" + width,
                        "UMIN_IMM" + width);
        return new OperandField[] {
            field("destination", 55, 48, register),
            field("source", 47, 40, register),
            named("subOpcode", 39, 32, operations),
            field("immediate", 31, 0, SIGNED)
        };
    }

    private static OperandField[] registerFields(OperandField.Type register, String width) {
        List<String> operations =
                List.of(
                        "UMIN" + width,
                        "ADD" + width,
                        "SUB" + width,
                        "LSHIFT" + width,
                        "RSHIFT_U" + width,
                        "RSHIFT_S" + width,
                        "BFINS" + width);
        return new OperandField[] {
            field("destination", 55, 48, register),
            field("source0", 47, 40, register),
            field("source1", 39, 32, register),
            named("subOpcode", 31, 24, operations),
            field("immediate", 23, 0, SIGNED)
        };
    }
}
