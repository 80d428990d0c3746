package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The payloads of one tracepoint: its fields and the spellings they come in. Where no spelling
/// fits, the raw form of `trace-cmd report -R` and of the option `fields` is tried, in which every
/// field is `name=value`.
final class EventFormat implements PayloadDecoder {
    /// No event of the kernel fills more than a page; longer text is something else, and matching
    /// it could take long.
    private static final int MAX_LENGTH = 4096;

    private final FieldSet fields;
    private final List<ValueKind> kinds = new ArrayList<>();
    private final List<PayloadTemplate> templates = new ArrayList<>();

    private EventFormat(String description) {
        fields = FieldSet.parse(description);
        for (String field : description.split(" ", -1)) {
            kinds.add(ValueKind.named(field.substring(field.indexOf(':') + 1)));
        }
    }

    /// A tracepoint without spellings yet.
    ///
    /// @param description the tracepoint's fields, see [FieldSet#parse]
    static EventFormat of(String description) {
        return new EventFormat(description);
    }

    /// Adds a spelling, see [PayloadTemplate]. The first one is the kernel's own.
    EventFormat spelled(String template) {
        templates.add(new PayloadTemplate(fields, kinds, template));
        return this;
    }

    FieldSet fields() {
        return fields;
    }

    /// Values in the first spelling that can do with them, or null.
    ///
    /// @param values at least one per field
    @Nullable String print(@Nullable Object[] values) {
        for (PayloadTemplate template : templates) {
            String text = template.print(values);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    @Override
    public @Nullable Payload decode(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        for (PayloadTemplate template : templates) {
            Payload payload = template.match(text);
            if (payload != null) {
                return payload;
            }
        }
        return null;
    }

    /// The raw form: `name=value` for known names, in any order; a value reaches to the next known
    /// name. A name that holds `=` itself is left to [KeyValueDecoder].
    @Override
    public @Nullable Payload decodeRaw(String payload) {
        String text = payload.strip();
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        @Nullable Object[] values = new Object[fields.size()];
        boolean[] seen = new boolean[fields.size()];
        int at = 0;
        while (at < text.length()) {
            int field = fieldAt(text, at, seen);
            if (field < 0) {
                return null;
            }
            seen[field] = true;
            int from = at + fields.fields().get(field).name().length() + 1;
            int to = nextField(text, from, seen);
            String spelled = text.substring(from, to).strip();
            ValueKind.Value value = kinds.get(field).parseRaw(spelled);
            if (!value.isUnderstood() || spelled.indexOf('=') >= 0) {
                return null;
            }
            values[field] = value.value();
            at = Math.min(to + 1, text.length());
        }
        return text.isEmpty() ? null : new Payload(fields, values);
    }

    private int fieldAt(String text, int at, boolean[] seen) {
        for (int i = 0; i < seen.length; i++) {
            String name = fields.fields().get(i).name();
            if (!seen[i]
                    && text.startsWith(name, at)
                    && at + name.length() < text.length()
                    && text.charAt(at + name.length()) == '=') {
                return i;
            }
        }
        return -1;
    }

    /// Index of the blank before the next field not yet seen, or the end of the text.
    private int nextField(String text, int from, boolean[] seen) {
        for (int blank = text.indexOf(' ', from);
                blank >= 0;
                blank = text.indexOf(' ', blank + 1)) {
            if (fieldAt(text, blank + 1, seen) >= 0) {
                return blank;
            }
        }
        return text.length();
    }
}
