package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The shapes found in payloads that bring their own field names, as a tree: each field leads on
/// from the shape of those before it, so that finding a known shape compares names only. Bounded: a
/// damaged or hostile capture could invent a new shape on every line.
final class FieldSetPool {
    private static final int MAX_SHAPES = 16_384;

    private final Shape none = new Shape(List.of());
    private int shapes;

    /// How a value is spelled.
    enum Spelling {
        TEXT,
        ADDRESS,
        HEXADECIMAL,
        SIGNED,
        UNSIGNED;

        FieldInfo field(String name) {
            return switch (this) {
                case TEXT -> FieldSet.text(name);
                case ADDRESS -> ValueKind.POINTER.field(name);
                case HEXADECIMAL -> FieldInfo.dynamic(name, FieldKind.INT, Unit.HEX, false);
                case SIGNED -> FieldInfo.dynamic(name, FieldKind.INT, Unit.NONE, true);
                case UNSIGNED -> FieldInfo.dynamic(name, FieldKind.INT, Unit.NONE, false);
            };
        }
    }

    /// The shape without fields.
    Shape none() {
        return none;
    }

    /// Some fields, in order.
    final class Shape {
        private final List<FieldInfo> fields;
        private final FieldSet set;
        private final Map<Spelling, Map<String, Shape>> next = new EnumMap<>(Spelling.class);
        private @Nullable Shape last;
        private @Nullable Spelling lastSpelling;
        private String lastName = "";

        private Shape(List<FieldInfo> fields) {
            this.fields = fields;
            set = new FieldSet(fields);
        }

        /// The one object for these fields.
        FieldSet set() {
            return set;
        }

        int size() {
            return fields.size();
        }

        boolean has(String name) {
            return set.indexOf(name) >= 0;
        }

        /// These fields and one more, or null when there are too many shapes already.
        @Nullable Shape with(String name, Spelling spelling) {
            if (spelling == lastSpelling && name.equals(lastName)) {
                return last;
            }
            Shape found = find(name, spelling);
            last = found;
            lastSpelling = spelling;
            lastName = name;
            return found;
        }

        private @Nullable Shape find(String name, Spelling spelling) {
            Map<String, Shape> known = next.computeIfAbsent(spelling, first -> new HashMap<>());
            Shape found = known.get(name);
            if (found == null && shapes < MAX_SHAPES) {
                shapes++;
                List<FieldInfo> more = new ArrayList<>(fields);
                more.add(spelling.field(name));
                found = new Shape(more);
                known.put(name, found);
            }
            return found;
        }
    }
}
