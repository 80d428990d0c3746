package org.panscope.core.state.view;

import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;

/// A word of a register block: where it lies, who writes it, what its bits mean.
///
/// @param kind the block it belongs to
/// @param part `control`, `input`, `output` or `registers`
/// @param offset from the start of that part, in bytes
/// @param bytes 4 or 8
/// @param name as in the kernel's headers
/// @param writer who stores it
/// @param unit of the whole, when it has no fields
/// @param fields high bits first or in the order of the header; may be empty
/// @param doc what it means
public record RegisterWord(
        RegisterKind kind,
        String part,
        long offset,
        int bytes,
        String name,
        Writer writer,
        Unit unit,
        List<BitField> fields,
        String doc) {

    /// Who stores a word.
    public enum Writer {
        /// The driver; of a user queue's input page the application.
        HOST,
        /// The microcontroller.
        FIRMWARE,
        /// The register file answers.
        HARDWARE
    }

    public RegisterWord {
        fields = List.copyOf(fields);
    }

    /// Every field of a value; bits that belong to none come last when they are set.
    public List<DecodedField> decode(long value) {
        List<DecodedField> decoded = new ArrayList<>();
        for (BitField field : fields) {
            decoded.add(field.decode(value));
        }
        long reserved = reserved(value);
        if (reserved != 0) {
            decoded.add(
                    new DecodedField(
                            "reserved",
                            bitsOf(reserved),
                            reserved,
                            ValueText.hex(reserved),
                            "bits nothing is known of"));
        }
        return decoded;
    }

    /// The value in one line: bits that are set by name, everything else as `NAME=value`; a plain
    /// number without fields.
    public String text(long value) {
        return text(value, List.of(), "");
    }

    /// As [#text(long)], with a mark before some of the fields; these are told even when they are a
    /// bit that is not set.
    String text(long value, List<String> marked, String mark) {
        if (fields.isEmpty()) {
            return ValueText.of(value, unit);
        }
        List<String> parts = new ArrayList<>();
        for (BitField field : fields) {
            long raw = field.get(value);
            boolean isMarked = marked.contains(field.name());
            String name = (isMarked ? mark : "") + field.name();
            if (!field.isBit()) {
                parts.add(name + "=" + field.text(raw));
            } else if (raw != 0) {
                parts.add(name);
            } else if (isMarked) {
                parts.add(name + "=0");
            }
        }
        long reserved = reserved(value);
        if (reserved != 0) {
            parts.add("reserved=" + ValueText.hex(reserved));
        }
        return parts.isEmpty() ? "no bit set" : String.join(" ", parts);
    }

    private long reserved(long value) {
        if (fields.isEmpty()) {
            return 0;
        }
        long known = 0;
        for (BitField field : fields) {
            known |= field.mask();
        }
        return value & ~known;
    }

    private static String bitsOf(long mask) {
        List<String> bits = new ArrayList<>();
        for (long left = mask; left != 0; left &= left - 1) {
            bits.addFirst(Integer.toString(Long.numberOfTrailingZeros(left)));
        }
        return String.join(",", bits);
    }
}
