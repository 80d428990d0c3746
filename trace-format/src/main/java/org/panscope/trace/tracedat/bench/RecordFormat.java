package org.panscope.trace.tracedat.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A tracepoint that the generated file describes and holds records of.
///
/// Fields are given as `type name size`; of `__data_loc` fields the characters follow the fixed
/// part.
final class RecordFormat {
    private static final int COMMON_BYTES = 8;
    private static final int LARGEST = 1024;
    private static final String COMMON =
            """
            \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
            \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
            \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
            \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

            """;

    private final int id;
    private final String name;
    private final String print;
    private final List<Field> fields = new ArrayList<>();
    private final ByteBuffer record = ByteBuffer.allocate(LARGEST).order(ByteOrder.LITTLE_ENDIAN);
    private int fixedBytes = COMMON_BYTES;

    private record Field(String type, String name, int offset, int size) {
        String line() {
            String array = type.endsWith("[]") && size > 4 ? "[" + size + "]" : "";
            String declared =
                    array.isEmpty()
                            ? type + " " + name
                            : type.substring(0, type.length() - 2) + " " + name + array;
            boolean signed = !type.startsWith("u") && !type.contains("char") && !type.contains("*");
            return "\tfield:%s;\toffset:%d;\tsize:%d;\tsigned:%d;\n"
                    .formatted(declared, offset, size, signed ? 1 : 0);
        }
    }

    RecordFormat(int id, String name, String print) {
        this.id = id;
        this.name = name;
        this.print = print;
    }

    /// Adds a field where its alignment allows.
    RecordFormat field(String type, String fieldName, int size) {
        int alignment = Math.min(Math.max(1, type.endsWith("char[]") ? 4 : size), 8);
        int offset = (fixedBytes + alignment - 1) / alignment * alignment;
        fields.add(new Field(type, fieldName, offset, size));
        fixedBytes = offset + size;
        return this;
    }

    /// The file `format` of tracefs.
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("name: ").append(name).append("\nID: ").append(id).append("\nformat:\n");
        text.append(COMMON);
        fields.forEach(field -> text.append(field.line()));
        return text.append("\nprint fmt: ").append(print).append('\n').toString();
    }

    /// A record with these values: numbers and texts, in the order of the fields. Valid until the
    /// next one of this format.
    ByteBuffer record(int flags, int pid, Object... values) {
        record.clear();
        record.putShort((short) id).put((byte) flags).put((byte) 0).putInt(pid);
        int end = fixedBytes;
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            if (values[i] instanceof Long number) {
                number(field, number);
            } else {
                end = text(field, values[i].toString(), end);
            }
        }
        return record.limit(end).position(0);
    }

    private void number(Field field, long value) {
        switch (field.size()) {
            case 4 -> record.putInt(field.offset(), (int) value);
            default -> record.putLong(field.offset(), value);
        }
    }

    /// @return end of the record
    private int text(Field field, String value, int end) {
        byte[] characters = (value + "\0").getBytes(StandardCharsets.UTF_8);
        if (field.type().startsWith("__data_loc")) {
            record.putInt(field.offset(), characters.length << 16 | end);
            record.put(end, characters);
            return end + characters.length;
        }
        if (field.size() == 0) {
            record.put(field.offset(), characters);
            return field.offset() + characters.length;
        }
        byte[] padded = Arrays.copyOf(characters, field.size());
        record.put(field.offset(), padded);
        return end;
    }
}
