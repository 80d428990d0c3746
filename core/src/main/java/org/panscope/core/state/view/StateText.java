package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.List;

/// A state as text for a terminal: a table for each object, one column for each belief. `!` marks
/// what believers disagree on, `*` what the last event changed. An object asked for by name that
/// stands for a register block is followed by its words bit by bit.
public final class StateText {
    private static final String GAP = "  ";

    private StateText() {}

    /// The state, or the part of it about one object.
    ///
    /// @param before the state one event earlier, or null to mark no changes
    /// @param only the object asked for, or null for all
    public static String of(
            MachineState state, @Nullable MachineState before, @Nullable ObjectId only) {
        StringBuilder out = new StringBuilder();
        out.append("state at ").append(Cursor.of(state)).append('\n');
        if (only != null) {
            if (state.object(only) == null) {
                out.append(GAP).append("nothing was heard of ").append(only).append('\n');
            } else {
                object(out, state, before, only);
                registers(out, state, before, only);
            }
            return out.toString();
        }
        if (state.objects().isEmpty()) {
            out.append(GAP).append("no objects yet\n");
        }
        for (ObjectId id : state.objects().keySet()) {
            object(out, state, before, id);
        }
        return out.toString();
    }

    /// The words of a register block that were seen. Those of a queue stand in its table already.
    private static void registers(
            StringBuilder out, MachineState state, @Nullable MachineState before, ObjectId id) {
        RegisterBlock block = RegisterBlock.of(id);
        if (block == null || block.kind() == RegisterKind.USER_IO) {
            return;
        }
        RegisterView view = RegisterView.of(state, before, block);
        List<RegisterView.Row> seen =
                view.rows().stream().filter(row -> row.value() != null).toList();
        if (!seen.isEmpty()) {
            out.append('\n').append(RegisterText.of(view, seen));
        }
    }

    private static void object(
            StringBuilder out, MachineState state, @Nullable MachineState before, ObjectId id) {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", id.toString()));
        for (Belief belief : Belief.values()) {
            head.add(belief.label());
        }
        table.add(head);
        for (Beliefs.Row row : Beliefs.rows(state, before, id)) {
            List<String> line = new ArrayList<>();
            line.add((row.disagree() ? "!" : " ") + (row.changed() ? "*" : " "));
            line.add(row.quantity());
            for (Belief belief : Belief.values()) {
                line.add(row.text(belief));
            }
            table.add(line);
        }
        int[] widths = new int[head.size()];
        for (List<String> line : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        out.append('\n');
        for (List<String> line : table) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(i == 0 ? "" : GAP).append(line.get(i));
                text.repeat(' ', widths[i] - line.get(i).length());
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
    }
}
