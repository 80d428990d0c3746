package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Opcodes;
import org.panscope.trace.io.EventCursor;

import java.util.Set;
import java.util.TreeSet;

/// One command stream interface while the trace is read, as its row shows it. A stream whose
/// EXTRACT has reached INSERT is drained: the firmware calls it idle only after the hysteresis.
/// Below that bar stand the error state, from a fault to the next ERROR_BARRIER, and the time
/// inside the handler for a tiler heap without memory.
final class StreamTracker {
    private static final long ERROR_STATE = 1;
    private static final long HANDLER = 2;
    private static final int OPCODE_SHIFT = 56;

    private final Build build;
    private final RowBuilder row;
    private final Set<String> claims = new TreeSet<>();
    private long insert;
    private boolean blocked;
    private boolean dead;
    private long word;
    private boolean hasWord;

    StreamTracker(Build build, RowBuilder row) {
        this.build = build;
        this.row = row;
    }

    /// The last instruction seen, meaningful once [#hasWord()].
    long word() {
        return word;
    }

    boolean hasWord() {
        return hasWord;
    }

    /// The endpoints asked for and not granted, joined by `, `.
    String claims() {
        return String.join(", ", claims);
    }

    void claim(String kind) {
        claims.add(kind);
    }

    void unclaim(String kind) {
        claims.remove(kind);
    }

    /// @param showsExtract whether the row of the queue shows EXTRACT already
    /// @param blockedLabel label of the state it blocks in, read for step `block` only
    void step(
            EventCursor event,
            String step,
            @Nullable Long seenInsert,
            @Nullable Long extract,
            boolean showsExtract,
            int blockedLabel) {
        if (seenInsert != null) {
            insert = seenInsert;
        }
        switch (step) {
            case "start", "resume" -> {
                blocked = false;
                dead = false;
                if (step.equals("start")) {
                    row.noState(ERROR_STATE);
                }
                boolean work = seenInsert != null && extract != null && insert != extract;
                row.state(event, work ? "executing" : "idle", work ? Style.RUNNING : Style.IDLE);
            }
            // A blocked stream may see a new INSERT and stays blocked.
            case "fetch" -> {
                if (!blocked) {
                    state(event, "executing", Style.RUNNING);
                }
            }
            case "unblock" -> {
                blocked = false;
                state(event, "executing", Style.RUNNING);
            }
            case "block" -> {
                blocked = true;
                if (!dead) {
                    row.state(event, blockedLabel, Style.WAITING);
                }
            }
            case "extract" -> {
                if (!showsExtract) {
                    row.instant(event, step, Style.IDLE, Glyph.TICK);
                }
                if (extract != null && extract == insert && !blocked) {
                    state(event, "drained", Style.IDLE);
                }
            }
            case "empty" -> {
                blocked = false;
                state(event, "idle", Style.IDLE);
            }
            case "stop", "suspend" -> leave();
            default -> row.instant(event, step, Style.IDLE, Glyph.TICK);
        }
    }

    void instruction(EventCursor event, long executed) {
        word = executed;
        hasWord = true;
        row.instant(event, build.label(Labels.INSTRUCTION, executed), Style.ACTIVITY, Glyph.TICK);
        if (executed >>> OPCODE_SHIFT == Opcodes.ERROR_BARRIER) {
            row.noState(ERROR_STATE);
        }
    }

    /// It reported a fault and goes on in error state.
    void fault(EventCursor event, String name) {
        row.instant(event, name, Style.ERROR, Glyph.CROSS);
        row.state(ERROR_STATE, event, build.label("error state: " + name), Style.ERROR);
    }

    /// It stopped for good: nothing but a new start, or another group, ends this.
    void fatal(EventCursor event, String name) {
        row.instant(event, name, Style.ERROR, Glyph.CROSS);
        row.noState(ERROR_STATE);
        row.noState(HANDLER);
        row.state(event, name, Style.ERROR);
        dead = true;
    }

    void enterHandler(EventCursor event) {
        row.state(HANDLER, event, build.label("exception handler: tiler OOM"), Style.ACTIVITY);
    }

    void exitHandler() {
        row.noState(HANDLER);
    }

    /// The group left the slot.
    void unbound() {
        dead = false;
        claims.clear();
        row.noState(ERROR_STATE);
        leave();
    }

    private void leave() {
        blocked = false;
        row.noState(HANDLER);
        if (!dead) {
            row.noState();
        }
    }

    private void state(EventCursor event, String label, Style style) {
        if (!dead) {
            row.state(event, label, style);
        }
    }
}
