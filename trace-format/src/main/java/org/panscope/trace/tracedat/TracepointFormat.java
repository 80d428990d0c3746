package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.tracedat.TracepointField.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `format` file of tracefs: what the records of one event hold. Numbers differ from boot to
/// boot.
///
/// @param id what records begin with
/// @param system such as `dma_fence`
/// @param name such as `dma_fence_init`
/// @param fields without the common ones
/// @param printFormat how the kernel prints it, unparsed
record TracepointFormat(
        int id, String system, String name, List<TracepointField> fields, String printFormat) {
    private static final int MOST_FIELDS = 512;
    private static final Pattern NAME = Pattern.compile("^name: *(\\S+)", Pattern.MULTILINE);
    private static final Pattern ID = Pattern.compile("^ID: *(\\d{1,9})", Pattern.MULTILINE);
    private static final Pattern PRINT =
            Pattern.compile("^print fmt: *(.*)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile(
                    "^\\s*field(?: special)?:([^;]{1,512});\\s*offset:(\\d{1,9});"
                            + "\\s*size:(\\d{1,9});(?:\\s*signed:(-?\\d+);)?",
                    Pattern.MULTILINE);
    private static final Pattern DECLARATION =
            Pattern.compile(
                    "(.*?)\\s*\\b([A-Za-z_]\\w*)\\s*((?:\\[[^\\]]*\\])*)(?:\\s*:\\s*(\\d{1,2}))?");

    /// Reads a format; null when the text is none.
    static @Nullable TracepointFormat parse(String system, String text) {
        Matcher name = NAME.matcher(text);
        Matcher id = ID.matcher(text);
        if (!name.find() || !id.find()) {
            return null;
        }
        Matcher print = PRINT.matcher(text);
        return new TracepointFormat(
                Integer.parseInt(id.group(1)),
                system,
                name.group(1),
                fields(text),
                print.find() ? print.group(1).strip() : "");
    }

    /// The fields a text lists, without those every record has.
    static List<TracepointField> fields(String text) {
        List<TracepointField> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(text);
        while (matcher.find() && fields.size() < MOST_FIELDS) {
            TracepointField field = field(matcher);
            if (field != null && !field.name().startsWith("common_")) {
                fields.add(field);
            }
        }
        return List.copyOf(fields);
    }

    private static @Nullable TracepointField field(Matcher matcher) {
        Matcher declaration = DECLARATION.matcher(matcher.group(1).strip());
        if (!declaration.matches()) {
            return null;
        }
        String type = declaration.group(1).strip() + declaration.group(3);
        int size = Integer.parseInt(matcher.group(3));
        String sign = matcher.group(4);
        boolean signed = sign == null ? !type.startsWith("u") : !sign.equals("0");
        return new TracepointField(
                declaration.group(2),
                type,
                Integer.parseInt(matcher.group(2)),
                size,
                signed,
                declaration.group(4) == null ? 0 : Integer.parseInt(declaration.group(4)),
                shape(type, size));
    }

    private static Shape shape(String type, int size) {
        boolean isArray = type.contains("[");
        boolean isText = type.matches(".*\\bchar\\b.*") && !type.contains("unsigned char");
        if (type.contains("__data_loc")) {
            return isText ? Shape.DATA_LOC_TEXT : Shape.DATA_LOC_ARRAY;
        }
        if (type.contains("__rel_loc")) {
            return isText ? Shape.REL_LOC_TEXT : Shape.REL_LOC_ARRAY;
        }
        if (isArray) {
            return isText ? Shape.TEXT : Shape.ARRAY;
        }
        return switch (size) {
            case 1, 2, 4, 8 -> Shape.INTEGER;
            default -> Shape.BYTES;
        };
    }
}
