package org.panscope.core.exec;

import java.util.Locale;

/// An instruction that was executed.
///
/// @param address GPU address of the word
/// @param word the 64 bits
/// @param depth call depth: 0 in the ring of a user-mode queue, 1 in a stream the kernel calls
/// @param text as Mesa's decoder prints it
public record ExecutedInstruction(long address, long word, int depth, String text) {
    private static final String UNDEFINED = "UNKNOWN_";

    /// The line of Mesa's execution listing: the bytes in memory order, then the text, indented by
    /// the call depth. The decoder puts a newline of its own behind an opcode it does not know.
    public String listing() {
        StringBuilder line = new StringBuilder(80).append(' ');
        for (int i = 0; i < Long.BYTES; i++) {
            line.append(String.format(Locale.ROOT, " %02x", word >>> (8 * i) & 0xff));
        }
        line.repeat("  ", 1 + depth).append(text);
        return line.append(text.startsWith(UNDEFINED) ? "\n" : "").toString();
    }
}
