package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One spelling of a payload, written as the kernel's format string would be: `${field}` stands for
/// a value, `{?` and `?}` enclose what may be missing, one blank for one or more, all else for
/// itself; blanks around it do not matter. Text values take as much as they can, which anchors a
/// payload from the right: names may hold blanks and `=`.
final class PayloadTemplate {
    /// A whole run of blanks. It must not begin inside a run, or matching a run against a text
    /// value before it would take quadratic time.
    private static final String BLANKS = "(?<! ) ++";

    private final Pattern pattern;
    private final int[] fieldOfGroup;
    private final FieldSet fields;
    private final List<ValueKind> kinds;
    private final Map<String, Object> constants;

    /// Compiles a spelling.
    ///
    /// @param kinds one per field of `fields`
    /// @param constants values of fields that the spelling implies, by field name
    PayloadTemplate(
            FieldSet fields,
            List<ValueKind> kinds,
            String template,
            Map<String, Object> constants) {
        this.fields = fields;
        this.kinds = kinds;
        this.constants = constants;
        List<Integer> groups = new ArrayList<>();
        StringBuilder regex = new StringBuilder(" *+");
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith("${", at)) {
                int end = template.indexOf('}', at);
                int field = fields.indexOf(template.substring(at + 2, end));
                if (field < 0) {
                    throw new IllegalStateException("template=" + template + " names no field");
                }
                groups.add(field);
                regex.append(kinds.get(field).pattern());
                at = end + 1;
            } else if (template.startsWith("{?", at)) {
                regex.append("(?:");
                at += 2;
            } else if (template.startsWith("?}", at)) {
                regex.append(")?");
                at += 2;
            } else {
                char c = template.charAt(at++);
                regex.append(c == ' ' ? BLANKS : Pattern.quote(String.valueOf(c)));
            }
        }
        pattern = Pattern.compile(regex.append(" *+").toString(), Pattern.DOTALL);
        fieldOfGroup = groups.stream().mapToInt(Integer::intValue).toArray();
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
        constants.forEach((name, value) -> values[fields.indexOf(name)] = value);
        return new Payload(fields, values);
    }
}
