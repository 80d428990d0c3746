package org.panscope.app.query;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.QueryRun;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// A result as JSON, an object a row: one array, or one object a line. A column whose name comes
/// twice is `NAME_2`, and so on.
final class JsonResult implements ResultWriter {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final Writer out;
    private final boolean isLines;
    private List<String> names = List.of();
    private boolean hasRows;

    JsonResult(Writer out, boolean isLines) {
        this.out = out;
        this.isLines = isLines;
    }

    @Override
    public void begin(List<QueryRun.Column> columns) throws IOException {
        names = ColumnNames.unique(columns);
        if (!isLines) {
            out.write('[');
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        if (!isLines) {
            out.write(hasRows ? ",\n" : "\n");
        }
        hasRows = true;
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                json.writeName(names.get(i));
                value(json, values[i]);
            }
            json.writeEndObject();
        }
        out.write(line.toString());
        if (isLines) {
            out.write('\n');
        }
    }

    private static void value(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Double number when !Double.isFinite(number) -> json.writeNull();
            case Float number when !Float.isFinite(number) -> json.writeNull();
            case Double number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeString(value.toString());
        }
    }

    @Override
    public void end() throws IOException {
        if (!isLines) {
            out.write(hasRows ? "\n]\n" : "]\n");
        }
    }
}
