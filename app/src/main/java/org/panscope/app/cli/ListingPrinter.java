package org.panscope.app.cli;

import org.panscope.core.isa.CodeMemory;
import org.panscope.core.isa.ListedWord;
import org.panscope.core.isa.StreamListing;

/// Prints a listing of a stream: address, word, text indented by call depth, and behind ` // ` what
/// the listing found out.
final class ListingPrinter {
    /// Lines after which a listing ends.
    static final long MOST_WORDS = 50_000_000;

    private static final String DIGITS = "0123456789abcdef";
    private static final String GAP = "  ";

    private final WordPrinter printer;
    private final ReservedBits reserved = new ReservedBits("addresses");
    private long printed;

    ListingPrinter(WordPrinter printer) {
        this.printer = printer;
    }

    /// The words with reserved bits among those printed.
    ReservedBits reserved() {
        return reserved;
    }

    /// Prints a buffer in memory and what it calls.
    ///
    /// @return false when it had too many lines
    boolean print(CodeMemory memory, long address, long sizeBytes) {
        StreamListing listing = new StreamListing(printer.isa(), memory, this::print);
        listing.list(address, memory.words(address, sizeBytes));
        return printed <= MOST_WORDS;
    }

    private boolean print(ListedWord listed) {
        if (++printed > MOST_WORDS) {
            return false;
        }
        StringBuilder line = printer.line();
        hex(listed.address(), line);
        line.append(GAP);
        hex(listed.word(), line);
        line.append(GAP);
        line.repeat(GAP, listed.depth());
        printer.text(listed.word(), line);
        if (!listed.comment().isEmpty()) {
            line.append(" // ").append(listed.comment());
        }
        printer.endLine();
        reserved.lookAt(printer.reservedBits(listed.word()), listed.address());
        return !printer.isClosed();
    }

    /// Prints the bytes behind the last whole word, in memory order.
    void printRest(long address, byte[] bytes, int count) {
        StringBuilder line = printer.line();
        int first = bytes.length - count;
        hex(address + first, line);
        line.append(GAP).append("// no whole word, bytes");
        for (int i = first; i < bytes.length; i++) {
            line.append(' ').append(digit(bytes[i] >> 4)).append(digit(bytes[i]));
        }
        printer.endLine();
    }

    private static void hex(long value, StringBuilder out) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.append(digit(value >>> shift));
        }
    }

    private static char digit(long value) {
        return DIGITS.charAt((int) value & 0xf);
    }
}
