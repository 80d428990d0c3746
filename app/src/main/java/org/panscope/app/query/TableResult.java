package org.panscope.app.query;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.QueryRun;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/// A result as aligned text: numbers to the right, NULL spelt out. Widths follow the first rows; a
/// later value that is wider sticks out.
final class TableResult implements ResultWriter {
    private static final int ROWS_LOOKED_AT = 1000;
    private static final int WIDEST = 120;
    private static final String NULL = "NULL";
    private static final String GAP = "  ";

    private final Writer out;
    private final List<String[]> kept = new ArrayList<>();
    private List<QueryRun.Column> columns = List.of();
    private int[] widths = new int[0];
    private boolean isFlowing;

    TableResult(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<QueryRun.Column> columnsOfResult) {
        columns = columnsOfResult;
        widths = new int[columns.size()];
        kept.add(columns.stream().map(QueryRun.Column::name).toArray(String[]::new));
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        String[] texts = new String[values.length];
        for (int i = 0; i < texts.length; i++) {
            Object value = values[i];
            texts[i] = value == null ? NULL : oneLine(CellText.of(value));
        }
        if (isFlowing) {
            line(texts);
            return;
        }
        kept.add(texts);
        if (kept.size() > ROWS_LOOKED_AT) {
            flow();
        }
    }

    private void flow() throws IOException {
        isFlowing = true;
        for (String[] texts : kept) {
            for (int i = 0; i < texts.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(WIDEST, length(texts[i])));
            }
        }
        for (int row = 0; row < kept.size(); row++) {
            line(kept.get(row));
            if (row == 0) {
                rule();
            }
        }
        kept.clear();
    }

    private void rule() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int width : widths) {
            lines.add("-".repeat(width));
        }
        out.write(String.join(GAP, lines));
        out.write('\n');
    }

    private void line(String[] texts) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            line.append(i == 0 ? "" : GAP);
            String space = " ".repeat(Math.max(0, widths[i] - length(texts[i])));
            boolean isRight = columns.get(i).isNumeric();
            line.append(isRight ? space : "").append(texts[i]).append(isRight ? "" : space);
        }
        out.write(line.toString().stripTrailing());
        out.write('\n');
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// A line stays one, and nothing steers the terminal.
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }

    @Override
    public void end() throws IOException {
        if (!isFlowing) {
            flow();
        }
    }
}
