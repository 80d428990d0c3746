package org.panscope.app.cli;

import org.panscope.core.isa.Disassembler;
import org.panscope.core.isa.Isa;

import java.io.PrintWriter;

/// Prints the text of words, many lines at a time.
final class WordPrinter {
    private static final int BATCH = 1 << 15;

    private final Isa isa;
    private final Disassembler disassembler;
    private final boolean annotates;
    private final PrintWriter out;
    private final StringBuilder batch = new StringBuilder(BATCH + 256);
    private boolean isClosed;

    /// @param annotates whether to name what the plain text leaves out
    WordPrinter(Isa isa, boolean annotates, PrintWriter out) {
        this.isa = isa;
        this.disassembler = new Disassembler(isa);
        this.annotates = annotates;
        this.out = out;
    }

    Isa isa() {
        return isa;
    }

    /// One line with the text of a word.
    void print(long word) {
        text(word, batch);
        endLine();
    }

    /// The line under construction; [#endLine] ends it.
    StringBuilder line() {
        return batch;
    }

    void text(long word, StringBuilder to) {
        if (annotates) {
            disassembler.appendAnnotated(word, to);
        } else {
            disassembler.append(word, to);
        }
    }

    void endLine() {
        batch.append('\n');
        if (batch.length() >= BATCH) {
            flush();
        }
    }

    /// Bits of a word that its instruction does not define.
    long reservedBits(long word) {
        return isa.decode(word).reservedBits();
    }

    void flush() {
        out.append(batch);
        batch.setLength(0);
        isClosed = out.checkError();
    }

    /// Whether nobody reads the output any more.
    boolean isClosed() {
        return isClosed;
    }
}
