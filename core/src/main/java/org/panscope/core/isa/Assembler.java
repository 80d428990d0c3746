package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns the text of [Disassembler] back into words. Where plain text does not tell a bit, the bit
/// gets the value the instruction has in practice, mostly 0. A comment that begins with ` // with `
/// tells such bits; any other comment is ignored.
public final class Assembler {
    private static final String COMMENT = " //";
    private static final String UNKNOWN = "UNKNOWN_";
    private static final Assembler V10 = new Assembler(Isa.v10());

    private final Isa isa;
    private final Map<String, List<Entry>> byMnemonic = new TreeMap<>();

    /// A text that an instruction can have.
    private record Entry(InstructionForm form, TextTemplate template) {}

    public Assembler(Isa isa) {
        this.isa = isa;
        for (InstructionForm form : isa.forms()) {
            add(form, form.text());
            form.otherSpellings().forEach(spelling -> add(form, spelling));
        }
    }

    private void add(InstructionForm form, @Nullable TextTemplate template) {
        if (template != null) {
            for (String mnemonic : template.mnemonics()) {
                byMnemonic
                        .computeIfAbsent(mnemonic, key -> new ArrayList<>())
                        .add(new Entry(form, template));
            }
        }
    }

    /// The v10 word of a line.
    ///
    /// @throws AssemblyException naming the column when the line is no instruction
    public static long assemble(String line) {
        return V10.word(line);
    }

    /// The word of a line.
    ///
    /// @throws AssemblyException naming the column when the line is no instruction
    public long word(String line) {
        try {
            return parse(line);
        } catch (AssemblyException e) {
            throw e.with(hint(line));
        }
    }

    /// Where a line is understood that is not understood here, or else its mnemonic.
    private String hint(String line) {
        String mnemonic = TextTemplate.mnemonic(line);
        if (!mnemonic.isEmpty() && !mnemonic.startsWith(UNKNOWN) && entries(mnemonic).isEmpty()) {
            String known =
                    Availability.of(other -> !new Assembler(other).entries(mnemonic).isEmpty());
            return known.isEmpty() ? "" : "it exists " + known;
        }
        String taken = Availability.of(other -> new Assembler(other).takes(line));
        return taken.isEmpty() ? "" : "the line is right " + taken;
    }

    private boolean takes(String line) {
        try {
            parse(line);
            return true;
        } catch (AssemblyException _) {
            return false;
        }
    }

    private long parse(String line) {
        int comment = line.indexOf(COMMENT);
        String text = comment < 0 ? line : line.substring(0, comment);
        long word = instruction(text, line);
        return comment >= 0 && line.startsWith(Disassembler.NOTE, comment)
                ? withNote(word, line, comment)
                : word;
    }

    private long instruction(String text, String line) {
        String mnemonic = TextTemplate.mnemonic(text);
        if (mnemonic.startsWith(UNKNOWN)) {
            return unknown(text, line);
        }
        AssemblyException furthest = null;
        for (Entry entry : entries(mnemonic)) {
            TextCursor cursor = new TextCursor(text, line);
            try {
                long word = entry.template().parse(cursor, entry.form().emptyWord());
                cursor.expectEnd();
                return word;
            } catch (AssemblyException e) {
                furthest = furthest == null || e.column() > furthest.column() ? e : furthest;
            }
        }
        if (furthest != null) {
            throw furthest;
        }
        throw new AssemblyException(
                mnemonic.isEmpty()
                        ? "expected an instruction"
                        : isa + " has no instruction " + mnemonic,
                1,
                line);
    }

    /// The texts that may begin with a mnemonic. `SYNC_WAIT32INVALID` begins with `SYNC_WAIT32`.
    private List<Entry> entries(String mnemonic) {
        for (int length = mnemonic.length(); length > 0; length--) {
            List<Entry> found = byMnemonic.get(mnemonic.substring(0, length));
            if (found != null) {
                return found;
            }
        }
        return List.of();
    }

    private long unknown(String text, String line) {
        TextCursor cursor = new TextCursor(text, line);
        cursor.expect(UNKNOWN);
        long opcode = cursor.unsigned(10);
        if (opcode < 0 || opcode > 255) {
            throw cursor.error("an opcode is 0 to 255");
        }
        InstructionForm form = isa.form((int) opcode);
        if (form != null && form.text() != null) {
            throw cursor.error("opcode " + opcode + " is " + form.mnemonic());
        }
        cursor.expect(" 0x");
        long operands = cursor.unsigned(16);
        if (operands >>> 56 != 0) {
            throw cursor.error("operands do not fit 56 bits");
        }
        cursor.expectEnd();
        return (opcode << 56) | operands;
    }

    private long withNote(long word, String line, int at) {
        InstructionForm form = isa.form((int) (word >>> 56));
        int next = line.indexOf(COMMENT, at + 1);
        TextCursor cursor = new TextCursor(next < 0 ? line : line.substring(0, next), line);
        cursor.skip(at);
        cursor.expect(Disassembler.NOTE);
        long result = word;
        do {
            int start = cursor.position();
            String name = cursor.until('=');
            cursor.expect("=");
            int valueStart = cursor.position();
            long value = cursor.number();
            if (name.equals(Disassembler.RESERVED)) {
                if (form == null || (value & form.definedBits()) != 0) {
                    throw cursor.errorAt(valueStart, "some of these bits are not reserved");
                }
                result |= value;
                continue;
            }
            OperandField field = form == null ? null : form.fieldOrNull(name);
            if (field == null) {
                throw cursor.errorAt(start, "there is no field \"" + name + "\"");
            }
            result = cursor.put(field, value, result, valueStart);
        } while (cursor.take(", "));
        cursor.expectEnd();
        return result;
    }
}
