package org.panscope.core.scenario;

/// Turns one line of assembly into an instruction word.
@FunctionalInterface
interface LineAssembler {
    /// The word.
    ///
    /// @throws IllegalArgumentException if the line is no instruction; the message says why
    long assemble(String line);
}
