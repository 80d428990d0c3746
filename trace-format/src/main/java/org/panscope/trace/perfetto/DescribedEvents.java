package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.perfetto.EventDeclaration.Field;
import org.panscope.trace.perfetto.EventDeclaration.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events whose messages a file describes itself: those the recorder did not know when it was
/// built.
///
/// perfetto: protos/perfetto/trace/ftrace/ftrace_event_bundle.proto, GenericEventDescriptor;
/// protobuf: google/protobuf/descriptor.proto
final class DescribedEvents {
    private static final int MOST = 16 * 1024;

    private final Map<Integer, EventDeclaration> byNumber = new HashMap<>();
    private final ProtoCursor message = new ProtoCursor();
    private final ProtoCursor field = new ProtoCursor();
    private long conflicts;

    @Nullable EventDeclaration get(int number) {
        return byNumber.get(number);
    }

    /// How many descriptions say something else than an earlier one of the same number.
    long conflicts() {
        return conflicts;
    }

    /// Takes in a description; most come many times.
    void add(ProtoCursor in) throws ProtoException {
        int number = 0;
        EventDeclaration declaration = null;
        while (in.next()) {
            if (in.field() == 1) {
                number = in.int32();
            } else if (in.field() == 2 && declaration == null) {
                EventDeclaration known = byNumber.get(number);
                declaration = declaration(message.on(in));
                if (known != null && !known.equals(declaration)) {
                    conflicts++;
                    declaration = known;
                }
            }
        }
        if (declaration != null && number > 0 && byNumber.size() < MOST) {
            byNumber.putIfAbsent(number, declaration);
        }
    }

    private EventDeclaration declaration(ProtoCursor in) throws ProtoException {
        String name = "";
        List<Field> fields = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                name = in.text();
            } else if (in.field() == 2 && !in.isNumber()) {
                Field described = field(field.on(in));
                if (described != null) {
                    fields.add(described);
                }
            }
        }
        return new EventDeclaration(name, fields);
    }

    private static @Nullable Field field(ProtoCursor in) throws ProtoException {
        String name = "";
        int number = 0;
        int type = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 3 -> number = in.int32();
                case 5 -> type = in.int32();
                default -> {}
            }
        }
        return name.isEmpty() || number <= 0 ? null : new Field(name, number, kind(type));
    }

    private static Kind kind(int type) {
        return switch (type) {
            // int64, int32, sfixed32, sfixed64
            case 3, 5, 15, 16 -> Kind.SIGNED;
            case 9, 12 -> Kind.TEXT;
            default -> Kind.UNSIGNED;
        };
    }
}
