package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Collects the rows of an opcode table, from nothing or from the table of an earlier architecture.
final class IsaBuilder {
    private final int architecture;
    private final int registerCount;
    private final int scoreboardSlots;
    private final TreeMap<Integer, Row> rows = new TreeMap<>();

    IsaBuilder(int architecture, int registerCount, int scoreboardSlots) {
        this.architecture = architecture;
        this.registerCount = registerCount;
        this.scoreboardSlots = scoreboardSlots;
    }

    /// Starts from another architecture's rows.
    IsaBuilder(int architecture, int registerCount, int scoreboardSlots, Isa base) {
        this(architecture, registerCount, scoreboardSlots);
        for (InstructionForm form : base.forms()) {
            rows.put(form.opcode(), new Row(form));
        }
    }

    /// A row; replaces the one with the same opcode.
    ///
    /// @param text template, or null when Mesa has none
    IsaBuilder row(int opcode, String mnemonic, @Nullable String text, OperandField... fields) {
        rows.put(opcode, new Row(mnemonic, text, fields));
        return this;
    }

    /// Gives a row's field a value for when the text does not show it; 0 otherwise.
    IsaBuilder imply(int opcode, String field, long value) {
        find(opcode).implied.put(field, value);
        return this;
    }

    /// Another text that is understood for a row, but not printed.
    IsaBuilder spelling(int opcode, String text) {
        find(opcode).spellings.add(text);
        return this;
    }

    /// Adds a field to rows, in place of the one with its name.
    IsaBuilder field(OperandField field, int... opcodes) {
        for (int opcode : opcodes) {
            find(opcode).fields.put(field.name(), field);
        }
        return this;
    }

    /// Adds to the texts of rows, before the first operand.
    IsaBuilder suffix(String part, int... opcodes) {
        for (int opcode : opcodes) {
            Row row = find(opcode);
            row.text = withSuffix(row.text, part);
            row.spellings.replaceAll(spelling -> withSuffix(spelling, part));
        }
        return this;
    }

    /// Adds to the texts of rows, after the last operand.
    IsaBuilder append(String part, int... opcodes) {
        for (int opcode : opcodes) {
            Row row = find(opcode);
            row.text = row.text + part;
        }
        return this;
    }

    /// Makes an opcode undefined.
    IsaBuilder remove(int opcode) {
        rows.remove(opcode);
        return this;
    }

    Isa build() {
        @Nullable InstructionForm[] forms = new InstructionForm[256];
        rows.forEach((opcode, row) -> forms[opcode] = row.form(opcode));
        return new Isa(architecture, registerCount, scoreboardSlots, forms);
    }

    private Row find(int opcode) {
        Row row = rows.get(opcode);
        if (row == null) {
            throw new IllegalArgumentException("v" + architecture + " has no opcode " + opcode);
        }
        return row;
    }

    private static String withSuffix(@Nullable String text, String part) {
        int blank = text == null ? -1 : text.indexOf(' ');
        if (text == null || blank < 0) {
            throw new IllegalArgumentException("text has no operands: " + text);
        }
        return text.substring(0, blank) + part + text.substring(blank);
    }

    /// A row that can still change.
    private static final class Row {
        private final String mnemonic;
        private @Nullable String text;
        private final Map<String, OperandField> fields = new LinkedHashMap<>();
        private final Map<String, Long> implied = new TreeMap<>();
        private final List<String> spellings = new ArrayList<>();

        Row(String mnemonic, @Nullable String text, OperandField... fields) {
            this.mnemonic = mnemonic;
            this.text = text;
            Arrays.stream(fields).forEach(field -> this.fields.put(field.name(), field));
        }

        Row(InstructionForm form) {
            this(
                    form.mnemonic(),
                    form.text() == null ? null : form.text().source(),
                    form.fields().toArray(new OperandField[0]));
            form.otherSpellings().forEach(spelling -> spellings.add(spelling.source()));
            for (OperandField field : form.fields()) {
                implied.put(field.name(), field.get(form.impliedBits()));
            }
        }

        InstructionForm form(int opcode) {
            List<OperandField> sorted = new ArrayList<>(fields.values());
            sorted.sort(Comparator.comparingInt(OperandField::high).reversed());
            long impliedBits = 0;
            for (OperandField field : sorted) {
                impliedBits |= field.put(implied.getOrDefault(field.name(), 0L));
            }
            return new InstructionForm(
                    opcode,
                    mnemonic,
                    sorted,
                    text == null ? null : new TextTemplate(text, sorted),
                    spellings.stream().map(line -> new TextTemplate(line, sorted)).toList(),
                    impliedBits);
        }
    }
}
