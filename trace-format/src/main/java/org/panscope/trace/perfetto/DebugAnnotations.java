package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;

/// Named values that track events carry, as fields: those inside others are named by the way to
/// them, `outer.inner` and `list[0]`.
///
/// perfetto: protos/perfetto/trace/track_event/debug_annotation.proto
final class DebugAnnotations {
    private static final int DEEPEST = 32;

    private final Interned interned;
    private long tooDeep;

    DebugAnnotations(Interned interned) {
        this.interned = interned;
    }

    /// How many values were left out because they are nested too deeply.
    long tooDeep() {
        return tooDeep;
    }

    /// Adds the annotation a cursor is on.
    void add(ProtoCursor in, int generation, RowBuilder into) throws ProtoException {
        add(new ProtoCursor().on(in), "", -1, generation, 0, into);
    }

    /// @param index in the array around it, or -1
    private void add(
            ProtoCursor in, String outer, int index, int generation, int depth, RowBuilder into)
            throws ProtoException {
        if (depth > DEEPEST) {
            tooDeep++;
            return;
        }
        String own = name(new ProtoCursor().on(in.bytes(), in.position(), in.end()), generation);
        String name =
                index >= 0 ? outer + "[" + index + "]" : outer.isEmpty() ? own : outer + "." + own;
        int items = 0;
        while (in.next()) {
            switch (in.field()) {
                case 2 -> into.flag(name, in.flag());
                case 3 -> into.number(name, Unit.NONE, false, in.number());
                case 4 -> into.number(name, Unit.NONE, true, in.number());
                case 5 -> into.real(name, in.real());
                case 6, 9 -> into.text(name, in.text());
                case 7 -> into.number(name, Unit.HEX, false, in.number());
                case 8 -> nested(new ProtoCursor().on(in), name, depth + 1, into);
                case 11 -> add(new ProtoCursor().on(in), name, -1, generation, depth + 1, into);
                case 12 ->
                        add(new ProtoCursor().on(in), name, items++, generation, depth + 1, into);
                case 17 ->
                        into.text(
                                name,
                                interned.text(generation, Interned.ANNOTATION_TEXTS, in.number()));
                default -> {}
            }
        }
    }

    private String name(ProtoCursor in, int generation) throws ProtoException {
        @Nullable String name = null;
        while (in.next()) {
            if (in.field() == 10) {
                name = in.text();
            } else if (in.field() == 1) {
                name = interned.text(generation, Interned.ANNOTATION_NAMES, in.number());
            }
        }
        return name == null ? "unnamed" : name;
    }

    /// The older form of nested values: keys and values apart.
    private void nested(ProtoCursor in, String name, int depth, RowBuilder into)
            throws ProtoException {
        if (depth > DEEPEST) {
            tooDeep++;
            return;
        }
        List<String> keys = new ArrayList<>();
        ProtoCursor first = new ProtoCursor().on(in.bytes(), in.position(), in.end());
        while (first.next()) {
            if (first.field() == 2 && keys.size() < 256) {
                keys.add(first.text());
            }
        }
        int values = 0;
        int items = 0;
        while (in.next()) {
            switch (in.field()) {
                case 3 -> {
                    String key = values < keys.size() ? keys.get(values) : "unnamed";
                    values++;
                    nested(new ProtoCursor().on(in), name + "." + key, depth + 1, into);
                }
                case 4 ->
                        nested(
                                new ProtoCursor().on(in),
                                name + "[" + items++ + "]",
                                depth + 1,
                                into);
                case 5 -> into.number(name, Unit.NONE, true, in.number());
                case 6 -> into.real(name, in.real());
                case 7 -> into.flag(name, in.flag());
                case 8 -> into.text(name, in.text());
                default -> {}
            }
        }
    }
}
