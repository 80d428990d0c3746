package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One spelling of a payload, written as the kernel's format string would be: `${field}` stands for
/// a value, `{?` and `?}` enclose what may be missing, one blank for one or more, all else for
/// itself; blanks around it do not matter. Text values take as much as they can, which anchors a
/// payload from the right: names may hold blanks and `=`.
///
/// `${field|-2}` is a value the kernel pads with blanks to two characters, `${field|03}` one it
/// pads with zeros to three. Only [#print] looks at that.
final class PayloadTemplate {
    /// A whole run of blanks. It must not begin inside a run, or matching a run against a text
    /// value before it would take quadratic time.
    private static final String BLANKS = "(?<! ) ++";

    private final Pattern pattern;
    private final int[] fieldOfGroup;
    private final FieldSet fields;
    private final List<ValueKind> kinds;
    private final List<Part> parts = new ArrayList<>();

    /// A piece of the spelling.
    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Value(int field, String padding) implements Part {}

    private record OptionalBegin() implements Part {}

    private record OptionalEnd() implements Part {}

    /// Compiles a spelling.
    ///
    /// @param kinds one per field of `fields`
    PayloadTemplate(FieldSet fields, List<ValueKind> kinds, String template) {
        this.fields = fields;
        this.kinds = kinds;
        List<Integer> groups = new ArrayList<>();
        StringBuilder regex = new StringBuilder(" *+");
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith("${", at)) {
                int end = template.indexOf('}', at);
                Value value = value(template.substring(at + 2, end));
                parts.add(value);
                groups.add(value.field());
                regex.append(kinds.get(value.field()).pattern());
                at = end + 1;
            } else if (template.startsWith("{?", at)) {
                parts.add(new OptionalBegin());
                regex.append("(?:");
                at += 2;
            } else if (template.startsWith("?}", at)) {
                parts.add(new OptionalEnd());
                regex.append(")?");
                at += 2;
            } else {
                char c = template.charAt(at++);
                parts.add(new Literal(String.valueOf(c)));
                regex.append(c == ' ' ? BLANKS : Pattern.quote(String.valueOf(c)));
            }
        }
        pattern = Pattern.compile(regex.append(" *+").toString(), Pattern.DOTALL);
        fieldOfGroup = groups.stream().mapToInt(Integer::intValue).toArray();
    }

    private Value value(String described) {
        int bar = described.indexOf('|');
        String name = bar < 0 ? described : described.substring(0, bar);
        int field = fields.indexOf(name);
        if (field < 0) {
            throw new IllegalStateException("template names no field=" + name);
        }
        return new Value(field, bar < 0 ? "" : described.substring(bar + 1));
    }

    @Nullable Payload match(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < fieldOfGroup.length; i++) {
            String found = matcher.group(i + 1);
            if (found != null) {
                ValueKind.Value value = kinds.get(fieldOfGroup[i]).parse(found);
                if (!value.isUnderstood()) {
                    return null;
                }
                values[fieldOfGroup[i]] = value.value();
            }
        }
        return new Payload(fields, values);
    }

    /// The text for these values, or null when one is absent that this spelling cannot do without.
    /// A part that may be missing is printed if it holds values and none of them is absent.
    ///
    /// @param values at least one per field
    @Nullable String print(@Nullable Object[] values) {
        StringBuilder text = new StringBuilder();
        int optionalFrom = -1;
        boolean wanted = true;
        boolean empty = true;
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> text.append(literal.text());
                case OptionalBegin _ -> {
                    optionalFrom = text.length();
                    wanted = true;
                    empty = true;
                }
                case OptionalEnd _ -> {
                    if (!wanted || empty) {
                        text.setLength(optionalFrom);
                    }
                    optionalFrom = -1;
                }
                case Value value -> {
                    empty = false;
                    String printed = kinds.get(value.field()).print(values[value.field()]);
                    if (printed != null) {
                        pad(text, printed, value.padding());
                    } else if (optionalFrom >= 0) {
                        wanted = false;
                    } else {
                        return null;
                    }
                }
            }
        }
        return text.toString();
    }

    private static void pad(StringBuilder text, String value, String padding) {
        if (padding.isEmpty()) {
            text.append(value);
            return;
        }
        int width = Math.abs(Integer.parseInt(padding));
        int missing = Math.max(0, width - value.length());
        if (padding.startsWith("-")) {
            text.append(value).repeat(' ', missing);
        } else {
            text.repeat('0', missing).append(value);
        }
    }
}
