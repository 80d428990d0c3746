package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;

/// Executes a family of instructions.
interface InstructionUnit {
    /// Executes an instruction whose register numbers are known to exist.
    Outcome execute(StreamCore core, Instruction instruction);

    /// Answer of [#duration] when the operation cannot start yet.
    long HELD = -1;

    /// How long an asynchronous operation runs, asked when it is about to start; or [#HELD].
    default long duration(StreamCore core, AsyncOperation operation) {
        return operation.remainingNs;
    }

    /// Does what is left to do when an asynchronous operation ends.
    default void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {}
}
