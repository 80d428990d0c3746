package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A register block at one position of a trace: every word with what was last seen of it, its bits,
/// and which requests are open. A word the trace never showed is unknown.
///
/// @param block the block
/// @param rows in the order of the catalog; words it does not know come last
public record RegisterView(RegisterBlock block, List<Row> rows) {
    private static final List<String> OBJECT_KINDS = List.of("iface", "queue", "device", "as");

    public RegisterView {
        rows = List.copyOf(rows);
    }

    /// What was last seen of a word.
    ///
    /// @param bits the value
    /// @param writtenBy event that told it
    /// @param by who stored it
    public record Value(long bits, long writtenBy, String by) {}

    /// A word.
    ///
    /// @param word what it is
    /// @param value what was last seen of it, or null when it was never seen
    /// @param changed whether that is not what it was one event earlier
    /// @param before bits one event earlier, or null when they were not known
    /// @param pair the pair of request and answer it is part of, or null
    /// @param pending fields of the pair in which request and answer differ; empty unless both are
    ///   known
    public record Row(
            RegisterWord word,
            @Nullable Value value,
            boolean changed,
            @Nullable Long before,
            @Nullable RegisterPair pair,
            List<RegisterPair.Pending> pending) {

        /// Bits with their meaning, empty when the word is unknown.
        public List<DecodedField> decoded() {
            return value == null ? List.of() : word.decode(value.bits());
        }

        /// All fields in one line, `unknown` when the word was never seen.
        public String text() {
            return value == null ? "unknown" : word.text(value.bits());
        }

        /// Whether it is the word of its pair that asks.
        public boolean isRequest() {
            RegisterPair both = pair;
            return both != null && both.request().name().equals(word.name());
        }

        /// As [#text], with `mark` before every field the last event changed; a bit it cleared
        /// stands there as `NAME=0`.
        public String markedText(String mark) {
            Value now = value;
            return now == null ? "unknown" : word.text(now.bits(), changedFields(), mark);
        }

        /// Names of the fields the last event changed.
        public List<String> changedFields() {
            Value now = value;
            return !changed || now == null
                    ? List.of()
                    : word.fields().stream()
                            .filter(field -> field.differs(now.bits(), before))
                            .map(BitField::name)
                            .toList();
        }
    }

    /// The blocks there is something to show of, interfaces first.
    public static List<RegisterBlock> blocks(MachineState state) {
        List<RegisterBlock> blocks = new ArrayList<>();
        for (String kind : OBJECT_KINDS) {
            for (ObjectState object : QueueBinding.ofKind(state, kind)) {
                RegisterBlock block = RegisterBlock.of(object.id());
                if (block != null) {
                    blocks.add(block);
                }
            }
        }
        blocks.sort((a, b) -> a.kind().compareTo(b.kind())); // stable: ids stay in order
        return blocks;
    }

    /// The catalog for the firmware of a machine.
    public static RegisterCatalog catalog(MachineState state) {
        ObjectState glb = state.object(new ObjectId("iface", "GLB"));
        Cell version = glb == null ? null : glb.get(Belief.FIRMWARE, "version");
        return version != null && version.value() instanceof Long word
                ? RegisterCatalog.ofInterface(word)
                : RegisterCatalog.standard();
    }

    /// A block as it is in a state.
    ///
    /// @param before the state one event earlier, or null to mark no changes
    public static RegisterView of(
            MachineState state, @Nullable MachineState before, RegisterBlock block) {
        RegisterCatalog catalog = catalog(state);
        RegisterSource now = RegisterSource.of(state, block);
        RegisterSource then = before == null ? null : RegisterSource.of(before, block);
        List<RegisterWord> words = new ArrayList<>(catalog.words(block.kind()));
        words.addAll(now.wordsBeside(catalog));
        List<Row> rows = new ArrayList<>();
        for (RegisterWord word : words) {
            Value value = now.value(word);
            Value old = then == null ? null : then.value(word);
            Long oldBits = old == null ? null : Long.valueOf(old.bits());
            boolean changed =
                    then != null
                            && !Objects.equals(
                                    oldBits, value == null ? null : Long.valueOf(value.bits()));
            RegisterPair pair = catalog.pairOf(word);
            rows.add(
                    new Row(
                            word,
                            value,
                            changed,
                            oldBits,
                            pair,
                            pair == null ? List.of() : pending(pair, now)));
        }
        return new RegisterView(block, rows);
    }

    private static List<RegisterPair.Pending> pending(RegisterPair pair, RegisterSource source) {
        Value request = source.value(pair.request());
        Value answer = source.value(pair.answer());
        return request == null || answer == null
                ? List.of()
                : pair.pending(request.bits(), answer.bits());
    }
}
