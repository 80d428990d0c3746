/// The command-stream instruction set: one table per architecture from which decoder, assembler and
/// disassembler derive. Facts: Mesa's field tables; text as Mesa's decoder of 2026 prints it.
@NullMarked
package org.panscope.core.isa;

import org.jspecify.annotations.NullMarked;
