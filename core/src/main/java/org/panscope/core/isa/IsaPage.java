package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.StringJoiner;

/// The page `docs/isa.md`, made from the opcode tables.
final class IsaPage {
    private static final String HEAD =
            """
            # The command-stream instruction set

            Every instruction that Panscope encodes and decodes: v10 in full, later architectures as
            the rows that differ from the one before. This page is made from the tables in
            `core/src/main/java/org/panscope/core/isa`; a test keeps it so. Facts: Mesa's
            `src/panfrost/genxml/v10.xml` to `v13.xml`; text: `decode_csf.c` of 2026.

            An instruction is one 64-bit little-endian word; the opcode is bits 63:56. Bits of no
            field are reserved. In a text, `{name}` is a field: the name of its value if the values
            have names, else a number; `:x` and `:X` are hexadecimal, `*8` multiplies,
            `{name?a:b}` is *a* when the field is not 0, else *b*, and `{name|a|b}` gives each value
            a text of its own. An instruction without text prints as `UNKNOWN_` and its opcode, the
            other 56 bits behind it. `r` is a 32-bit register, `d` the pair that begins with it.
            """;

    private IsaPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (int architecture = Isa.FIRST; architecture <= Isa.LAST; architecture++) {
            Isa isa = Isa.of(architecture);
            page.append("\n## v").append(architecture).append("\n\n");
            page.append(isa.registerCount()).append(" registers, ");
            page.append(isa.scoreboardSlots()).append(" scoreboard slots.\n");
            if (architecture == Isa.FIRST) {
                table(isa, null, page);
            } else {
                differences(isa, Isa.of(architecture - 1), page);
            }
        }
        return page.toString();
    }

    private static void differences(Isa isa, Isa before, StringBuilder page) {
        StringJoiner gone = new StringJoiner(", ");
        for (InstructionForm form : before.forms()) {
            if (isa.form(form.opcode()) == null) {
                gone.add(form.mnemonic());
            }
        }
        if (gone.length() > 0) {
            page.append("Not in it any more: ").append(gone).append(".\n");
        }
        table(isa, before, page);
    }

    /// @param before the architecture whose rows are left out where they are the same, or null
    private static void table(Isa isa, @Nullable Isa before, StringBuilder page) {
        page.append("\n| opcode | instruction | text | fields |\n|---|---|---|---|\n");
        for (InstructionForm form : isa.forms()) {
            InstructionForm old = before == null ? null : before.form(form.opcode());
            if (old == null || !row(old).equals(row(form))) {
                page.append(row(form));
            }
        }
    }

    private static String row(InstructionForm form) {
        StringJoiner fields = new StringJoiner("<br>");
        for (OperandField field : form.fields()) {
            fields.add(field(field, form));
        }
        TextTemplate text = form.text();
        return String.format(
                Locale.ROOT,
                "| 0x%02x | %s | %s | %s |\n",
                form.opcode(),
                form.mnemonic(),
                text == null ? "none" : "`" + text.source().replace("|", "\\|") + "`",
                fields);
    }

    private static String field(OperandField field, InstructionForm form) {
        StringBuilder cell = new StringBuilder();
        cell.append(field.name()).append(' ').append(field.high());
        if (field.width() > 1) {
            cell.append(':').append(field.low());
        }
        cell.append(' ');
        if (field.names().isEmpty()) {
            cell.append(field.type().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        } else {
            StringJoiner names = new StringJoiner(", ");
            for (int value = 0; value < field.names().size(); value++) {
                if (!field.names().get(value).equals(OperandField.INVALID)) {
                    names.add(value + " " + field.names().get(value));
                }
            }
            cell.append('(').append(names).append(')');
        }
        long implied = field.get(form.impliedBits());
        if (implied != 0) {
            cell.append(", ").append(implied).append(" unless told");
        }
        return cell.toString();
    }
}
