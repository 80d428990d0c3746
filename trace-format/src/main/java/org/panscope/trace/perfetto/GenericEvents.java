package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.perfetto.EventDeclaration.Field;
import org.panscope.trace.perfetto.EventDeclaration.Kind;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// Events that bring the names of their fields along.
///
/// perfetto: protos/perfetto/trace/ftrace/generic.proto
final class GenericEvents {
    private static final int MOST_PLANS = 16 * 1024;
    private static final int MOST_FIELDS = 60;
    private static final EventTypeInfo OVERFLOW =
            TracepointTypes.captured(
                    "generic",
                    List.of(
                            FieldInfo.dynamic("event", FieldKind.TEXT, Unit.NONE, false),
                            FieldInfo.dynamic("payload", FieldKind.TEXT, Unit.NONE, false)));

    private final BinaryShapes shapes;
    private final TextCache texts;
    private final Map<EventDeclaration, EventPlan> plans = new HashMap<>();
    private final ProtoCursor cursor = new ProtoCursor();

    GenericEvents(BinaryShapes shapes, TextCache texts) {
        this.shapes = shapes;
        this.texts = texts;
    }

    /// @param values one for each field of the type
    record Decoded(EventTypeInfo type, @Nullable Object[] values) {}

    Decoded decode(ProtoCursor in) throws ProtoException {
        String name = "";
        List<Field> fields = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                name = texts.get(in);
            } else if (in.field() == 2 && !in.isNumber() && fields.size() < MOST_FIELDS) {
                field(cursor.on(in), fields, values);
            }
        }
        EventDeclaration declaration =
                new EventDeclaration(name.isEmpty() ? "generic" : name, fields);
        EventPlan plan = plans.get(declaration);
        if (plan == null) {
            if (plans.size() >= MOST_PLANS) {
                return overflow(name, fields, values);
            }
            plan = new EventPlan(declaration, shapes);
            plans.put(declaration, plan);
        }
        EventTypeInfo type = plan.type(-1L);
        return new Decoded(type, plan.values(values.toArray()));
    }

    private void field(ProtoCursor in, List<Field> fields, List<@Nullable Object> values)
            throws ProtoException {
        String name = "";
        Kind kind = Kind.TEXT;
        Object value = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = texts.get(in);
                case 3 -> value = texts.get(in);
                case 4 -> {
                    kind = Kind.SIGNED;
                    value = in.number();
                }
                case 5 -> {
                    kind = Kind.UNSIGNED;
                    value = in.number();
                }
                default -> {}
            }
        }
        if (!name.isEmpty()) {
            fields.add(new Field(name, fields.size() + 1, kind));
            values.add(value);
        }
    }

    private static Decoded overflow(
            String name, List<Field> fields, List<@Nullable Object> values) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < fields.size(); i++) {
            text.add(fields.get(i).name() + "=" + values.get(i));
        }
        return new Decoded(OVERFLOW, new @Nullable Object[] {name, text.toString()});
    }
}
