package org.panscope.app.beliefs;

import org.jspecify.annotations.Nullable;
import org.panscope.app.events.FieldValues;
import org.panscope.core.state.Belief;
import org.panscope.core.state.view.StreamLines.Line;
import org.panscope.core.state.view.StreamRow;
import org.panscope.core.state.view.StreamRow.Status;
import org.panscope.core.state.view.SyncReference;
import org.panscope.core.state.view.ValueText;
import org.panscope.core.state.view.WordReading;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The lines of the ring view as text.
final class RingText {
    private RingText() {}

    /// Each state has a glyph of its own beside its name.
    static String status(Line line) {
        return status(line.row().status());
    }

    private static String status(@Nullable Status status) {
        return switch (status) {
            case null -> "? order open";
            case CONSUMED -> "✓ executed";
            case EXECUTING -> "▶ executing";
            case FETCHED -> "◆ fetched";
            case PUBLISHED -> "◇ app: INSERT";
            case WRITTEN -> "+ app: stored";
            case STALE -> "· left over";
            case OVERWRITTEN -> "✕ overwritten";
        };
    }

    /// What a state means, in a sentence.
    private static String meaning(@Nullable Status status) {
        return switch (status) {
            case null ->
                    "branches leave open whether it was executed, or the trace does not tell where"
                            + " execution stands";
            case CONSUMED -> "executed; its place may be written again";
            case EXECUTING -> "being executed";
            case FETCHED -> "the firmware has read an INSERT beyond it";
            case PUBLISHED ->
                    "only in the application's eyes: INSERT in memory is beyond it, the firmware"
                            + " has not read that";
            case WRITTEN -> "only in the application's eyes: stored, INSERT is not beyond it";
            case STALE -> "left from an earlier round, or never written";
            case OVERWRITTEN ->
                    "another word was stored in its place a whole ring later; that one is shown";
        };
    }

    static String styleClass(Status status) {
        return "word-" + status.name().toLowerCase(Locale.ROOT);
    }

    /// Position in the ring, or address in a called buffer.
    static String offset(Line line) {
        StreamRow row = line.row();
        Long address = row.address();
        return row.depth() == 0 || address == null
                ? ValueText.hex(row.ringOffset())
                : ValueText.hex(address);
    }

    static String word(Line line) {
        Long word = line.row().word();
        return word == null ? FieldValues.UNKNOWN : ValueText.word(word);
    }

    /// The disassembly, indented by its calls, with a mark where a buffer can be opened.
    static String instruction(Line line) {
        StreamRow row = line.row();
        String open = row.canOpen() ? (line.isOpen() ? "▾ " : "▸ ") : "";
        String text = row.word() == null ? "unknown" : row.text();
        WordReading reading = row.reading();
        WordReading.CallTarget call = reading == null ? null : reading.call();
        return "   ".repeat(row.depth()) + open + text + (call == null ? "" : "  → " + call.text());
    }

    /// Where INSERT and EXTRACT stand, with the initials of those who believe it.
    static String marks(Line line) {
        String insert = who("insert", line.row().insertOf());
        String extract = who("extract", line.row().extractOf());
        return insert.isEmpty() || extract.isEmpty() ? insert + extract : insert + " " + extract;
    }

    private static String who(String quantity, Set<Belief> beliefs) {
        return beliefs.isEmpty()
                ? ""
                : beliefs.stream()
                        .map(belief -> belief.name().substring(0, 1))
                        .collect(Collectors.joining("", "←" + quantity + " ", ""));
    }

    static String sync(Line line) {
        WordReading reading = line.row().reading();
        SyncReference sync = reading == null ? null : reading.sync();
        return sync == null ? "" : sync.text();
    }

    static String scoreboard(Line line) {
        WordReading reading = line.row().reading();
        return reading == null ? "" : reading.scoreboard();
    }

    static String reads(Line line) {
        WordReading reading = line.row().reading();
        return reading == null ? "" : reading.reads();
    }

    static String writes(Line line) {
        WordReading reading = line.row().reading();
        return reading == null ? "" : reading.writes();
    }

    /// Everything about a line.
    static String explained(Line line) {
        StreamRow row = line.row();
        Long address = row.address();
        return (row.depth() == 0 ? "free-running offset " : "offset in the called buffer ")
                + row.offset()
                + (address == null ? "" : ", GPU address " + ValueText.hex(address))
                + (row.writtenBy() < 0
                        ? ", never seen written"
                        : ", written by event #" + row.writtenBy())
                + "\n"
                + (row.word() == null ? "bytes nobody observed" : row.text())
                + "\n"
                + status(row.status())
                + ": "
                + meaning(row.status())
                + labelled("reads", reads(line))
                + labelled("writes", writes(line))
                + labelled("sync object", sync(line))
                + labelled("scoreboard", scoreboard(line))
                + explained("INSERT", row.insertOf())
                + explained("EXTRACT", row.extractOf());
    }

    private static String labelled(String name, String text) {
        return text.isEmpty() ? "" : "\n" + name + ": " + text;
    }

    private static String explained(String quantity, Set<Belief> beliefs) {
        return beliefs.isEmpty()
                ? ""
                : beliefs.stream()
                        .map(Belief::label)
                        .collect(Collectors.joining(", ", "\n" + quantity + " is here for: ", ""));
    }
}
