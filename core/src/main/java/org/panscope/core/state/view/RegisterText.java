package org.panscope.core.state.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A register block as a table of text: for a terminal, for the clipboard, for a report. `*` marks
/// what the last event changed, `?` an unknown word.
public final class RegisterText {
    private static final String GAP = "  ";
    private static final int DECODED_COLUMN = 4;

    private RegisterText() {}

    /// The rows with a heading, one line each, and below a pair of words what is pending.
    public static String of(RegisterView view, List<RegisterView.Row> rows) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(" ", "offset", view.block().title(), "value", "bits", "written by"));
        for (RegisterView.Row row : rows) {
            table.add(line(row));
        }
        int[] widths = new int[DECODED_COLUMN];
        for (List<String> line : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : table) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(i == 0 ? "" : GAP).append(line.get(i));
                text.repeat(' ', i < widths.length ? widths[i] - line.get(i).length() : 0);
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
        for (RegisterView.Row row : rows) {
            if (row.isRequest()) {
                row.pending()
                        .forEach(pending ->
                                out.append(GAP)
                                        .append(row.word().name())
                                        .append(": ")
                                        .append(pending.text())
                                        .append('\n'));
            }
        }
        return out.toString();
    }

    private static List<String> line(RegisterView.Row row) {
        RegisterView.Value value = row.value();
        return List.of(
                row.changed() ? "*" : value == null ? "?" : " ",
                offset(row.word()),
                row.word().name(),
                value == null ? "unknown" : hex(row.word(), value.bits()),
                value == null ? "" : row.text(),
                value == null ? "" : "(" + value.by() + " #" + value.writtenBy() + ")");
    }

    /// Offset in hexadecimal, `?` when it is not known.
    public static String offset(RegisterWord word) {
        return word.offset() < 0 ? "?" : String.format(Locale.ROOT, "0x%02x", word.offset());
    }

    /// A value with all digits of its word.
    public static String hex(RegisterWord word, long bits) {
        return String.format(Locale.ROOT, "0x%0" + word.bytes() * 2 + "x", bits);
    }
}
