package org.panscope.app.registers;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.view.RegisterText;
import org.panscope.core.state.view.RegisterView;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// One line of the register table: a word, or what is pending between the two words above.
///
/// @param row the word, or the asking word of the pair
/// @param isPending whether the line tells what is pending
public record RegisterLine(RegisterView.Row row, boolean isPending) {
    /// What stands before everything the last event changed.
    static final String CHANGED = "● ";

    /// Name of the word with its mark: changed, or an answer to the word above.
    public String name() {
        return isPending ? "   ↳ pending" : (row.changed() ? CHANGED : "   ") + row.word().name();
    }

    /// Offset in its block.
    public String offset() {
        return isPending ? "" : RegisterText.offset(row.word());
    }

    /// All digits of the value, `?` when it was never seen.
    public String value() {
        RegisterView.Value value = row.value();
        return isPending ? "" : value == null ? "?" : RegisterText.hex(row.word(), value.bits());
    }

    /// The fields in one line, or who waits for whom.
    public String meaning() {
        if (isPending) {
            return row.pending().stream()
                    .map(pending -> pending.text())
                    .collect(Collectors.joining("; "));
        }
        return row.value() == null ? "unknown: never seen" : row.markedText("●");
    }

    /// Who stored the value, in which event.
    public String writer() {
        RegisterView.Value value = row.value();
        if (isPending || value == null) {
            return "";
        }
        return (value.by().isEmpty() ? "" : value.by() + " ") + "#" + value.writtenBy();
    }

    /// Whether the word was seen at all.
    public boolean isKnown() {
        return row.value() != null;
    }

    /// The event that told the value, or null.
    @Nullable Long writtenBy() {
        RegisterView.Value value = row.value();
        return value == null ? null : Long.valueOf(value.writtenBy());
    }

    /// Whether name, meaning or description contain a text, whatever its case.
    boolean matches(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return (row.word().name() + " " + meaning() + " " + value() + " " + row.word().doc())
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }

    /// Everything about the line, for people who do not see the table.
    String spoken() {
        if (isPending) {
            return "pending: " + meaning();
        }
        return row.word().name()
                + (isKnown()
                        ? ": " + value() + ", " + row.text() + ", written by " + writer()
                        : ": unknown")
                + (row.changed() ? ", changed by the last step" : "");
    }

    /// Whether both lines are of the same word.
    boolean isSameWord(@Nullable RegisterLine other) {
        return other != null
                && isPending == other.isPending
                && Objects.equals(row.word(), other.row.word());
    }
}
