package org.panscope.trace.json;

import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldSink;

import tools.jackson.core.JsonGenerator;

import java.util.HexFormat;
import java.util.List;

/// Writes the fields of one event as properties; absent ones are left out.
final class FieldJson implements FieldSink {
    private final JsonGenerator json;
    private List<FieldInfo> fields = List.of();

    FieldJson(JsonGenerator json) {
        this.json = json;
    }

    void begin(EventTypeInfo type) {
        fields = type.fields();
    }

    @Override
    public void absent(int field) {}

    @Override
    public void number(int field, long value) {
        FieldInfo info = fields.get(field);
        json.writeName(info.name());
        switch (info.kind()) {
            case BOOL -> json.writeBoolean(value != 0);
            case ENUM -> json.writeString(info.labels().get((int) value));
            default -> {
                if (info.unit().isHexadecimal()) {
                    json.writeString("0x" + Long.toHexString(value));
                } else if (info.signed() || value >= 0) {
                    json.writeNumber(value);
                } else {
                    json.writeNumber(Long.toUnsignedString(value));
                }
            }
        }
    }

    @Override
    public void text(int field, String value) {
        json.writeName(fields.get(field).name());
        json.writeString(value);
    }

    @Override
    public void bytes(int field, byte[] value) {
        json.writeName(fields.get(field).name());
        json.writeString(HexFormat.of().formatHex(value));
    }
}
