package org.panscope.core.isa;

import java.util.BitSet;

/// The registers by which jobs get their arguments.
///
/// Mesa: decode_csf.c, pandecode_run_compute and its neighbours; genxml, enums of staging registers
final class StagingRegisters {
    private static final int INDEX_TYPE = 7 << 8;
    private static final int POINT_SIZE_FORMAT = 3 << 11;
    private static final int SECONDARY_SHADER = 1 << 18;

    private final int architecture;
    private final Instruction instruction;
    private final BitSet reads = new BitSet();
    private final BitSet mayRead = new BitSet();

    StagingRegisters(Isa isa, Instruction instruction) {
        this.architecture = isa.architecture();
        this.instruction = instruction;
    }

    /// Registers that are read in any case.
    BitSet reads() {
        return reads;
    }

    /// Registers that are read if the primitive flags say so. The word tells only those flags that
    /// it overrides.
    BitSet mayRead() {
        return mayRead;
    }

    /// Adds what the instruction reads; nothing when it is no job.
    void add() {
        switch (instruction.opcode()) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT -> compute();
            case Opcodes.RUN_FRAGMENT -> fragment();
            case Opcodes.RUN_FULLSCREEN -> fullscreen();
            case Opcodes.RUN_IDVS -> idvs();
            case Opcodes.RUN_IDVS2 -> idvs2();
            case Opcodes.RUN_TILING -> tiling();
            default -> {}
        }
    }

    private void compute() {
        selected();
        registers(32, 39);
        traceIds();
    }

    private void fragment() {
        pair(40);
        registers(42, 43);
        if (instruction.getInt("enableTem") != 0) {
            registers(44, 46);
        }
        traceIds();
    }

    private void fullscreen() {
        pair(40);
        registers(42, 43);
        registers(56, architecture >= 13 ? 59 : 56);
        if (instruction.getInt("tilerFlags2Enable", 0) != 0) {
            registers(61, 61);
        }
        traceIds();
    }

    private void idvs() {
        pair(0);
        pair(instruction.getInt("fragmentSrt") == 0 ? 0 : 4);
        pair(8);
        pair(12);
        pair(16);
        pair(20);
        pair(24);
        pair(instruction.getInt("fragmentTsd") == 0 ? 24 : 28);
        registers(32, 34);
        registers(36, 38);
        registers(40, 47);
        registers(50, 53);
        registers(56, 58);
        registers(60, architecture >= 11 ? 63 : 60);
        BitSet varying = when(SECONDARY_SHADER);
        int varyingSrt = instruction.getInt("varyingSrt") == 0 ? 0 : 2;
        int varyingFau = instruction.getInt("varyingFau") == 0 ? 8 : 10;
        int varyingTsd = instruction.getInt("varyingTsd") == 0 ? 24 : 26;
        varying.set(varyingSrt, varyingSrt + 2);
        varying.set(varyingFau, varyingFau + 2);
        varying.set(varyingTsd, varyingTsd + 2);
        varying.set(18, 20);
        varying.set(48);
        indexed(39, 54);
        when(POINT_SIZE_FORMAT).set(61);
    }

    private void idvs2() {
        registers(0, 3);
        registers(8, 11);
        registers(16, 19);
        registers(24, 27);
        registers(32, 34);
        registers(36, 37);
        registers(40, 47);
        registers(51, 65);
        indexed(50, 48);
    }

    private void tiling() {
        selected();
        registers(32, 34);
        registers(36, 36);
        registers(38, 38);
        registers(40, 53);
        registers(56, 60);
        indexed(39, 54);
        when(POINT_SIZE_FORMAT).set(61);
    }

    /// Resource table, uniforms, shader program and thread storage, each one of four pairs.
    private void selected() {
        pair(2 * instruction.getInt("srt"));
        pair(8 + 2 * instruction.getInt("fau"));
        pair(16 + 2 * instruction.getInt("spd"));
        pair(24 + 2 * instruction.getInt("tsd"));
    }

    /// The index offset, the size of the index array and its address.
    private void indexed(int sizeRegister, int addressPair) {
        BitSet indexed = when(INDEX_TYPE);
        indexed.set(35);
        indexed.set(sizeRegister);
        indexed.set(addressPair, addressPair + 2);
    }

    /// v11 on.
    private void traceIds() {
        if (architecture >= 11) {
            registers(62, 63);
        }
    }

    private BitSet when(int flags) {
        return (instruction.getInt("flagsOverride") & flags) != 0 ? reads : mayRead;
    }

    private void pair(int low) {
        registers(low, low + 1);
    }

    private void registers(int first, int last) {
        reads.set(first, last + 1);
    }
}
