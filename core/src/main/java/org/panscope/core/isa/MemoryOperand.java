package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

/// The memory that an instruction of the command stream itself reads or writes. What jobs and
/// caches touch is not told here.
///
/// @param addressPair low register of the pair with the base address
/// @param offset signed bytes added to it
/// @param sizeBytes bytes touched from there on
/// @param access what is done with them
/// @param valueBits 32 or 64: width of the values there
public record MemoryOperand(
        int addressPair, int offset, int sizeBytes, Access access, int valueBits) {
    /// What is done with the memory.
    public enum Access {
        /// LOAD_MULTIPLE.
        LOAD,
        /// STORE_MULTIPLE.
        STORE,
        /// STORE_STATE: a value of the GPU's own.
        STORE_STATE,
        /// SYNC_ADD: the value of a sync object grows.
        SYNC_ADD,
        /// SYNC_SET: the value of a sync object is replaced.
        SYNC_SET,
        /// SYNC_WAIT: a sync object is compared until it passes.
        SYNC_WAIT;

        /// Whether the memory is a sync object: a value, then a status word.
        public boolean isSyncObject() {
            return this == SYNC_ADD || this == SYNC_SET || this == SYNC_WAIT;
        }

        public boolean reads() {
            return this == LOAD || this == SYNC_ADD || this == SYNC_WAIT;
        }

        public boolean writes() {
            return this != LOAD && this != SYNC_WAIT;
        }
    }

    /// The operand of an instruction, or null when it touches no memory.
    static @Nullable MemoryOperand of(Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcodes.LOAD_MULTIPLE -> multiple(instruction, Access.LOAD);
            case Opcodes.STORE_MULTIPLE -> multiple(instruction, Access.STORE);
            case Opcodes.STORE_STATE ->
                    new MemoryOperand(
                            instruction.getInt("address"),
                            instruction.getInt("offset"),
                            8,
                            Access.STORE_STATE,
                            64);
            case Opcodes.SYNC_ADD32 -> sync(instruction, Access.SYNC_ADD, 32);
            case Opcodes.SYNC_ADD64 -> sync(instruction, Access.SYNC_ADD, 64);
            case Opcodes.SYNC_SET32 -> sync(instruction, Access.SYNC_SET, 32);
            case Opcodes.SYNC_SET64 -> sync(instruction, Access.SYNC_SET, 64);
            case Opcodes.SYNC_WAIT32 -> sync(instruction, Access.SYNC_WAIT, 32);
            case Opcodes.SYNC_WAIT64 -> sync(instruction, Access.SYNC_WAIT, 64);
            default -> null;
        };
    }

    private static @Nullable MemoryOperand multiple(Instruction instruction, Access access) {
        int registers = Integer.bitCount(instruction.getInt("mask"));
        return registers == 0
                ? null
                : new MemoryOperand(
                        instruction.getInt("address"),
                        instruction.getInt("offset"),
                        4 * registers,
                        access,
                        32);
    }

    /// A 32-bit object has 8 bytes, a 64-bit one 16, its value first.
    private static MemoryOperand sync(Instruction instruction, Access access, int valueBits) {
        return new MemoryOperand(
                instruction.getInt("address"), 0, valueBits / 4, access, valueBits);
    }
}
