package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.OperandField;
import org.panscope.core.state.view.BlockedReason;
import org.panscope.core.state.view.ExceptionCode;
import org.panscope.trace.io.EventCursor;

import java.util.Map;
import java.util.TreeMap;

/// The command streams of a trace while it is read: the tracker of each, and why one is blocked, in
/// words.
final class Streams {
    /// Operations of the stream itself hold the scoreboard entries it waits for.
    static final int SCOREBOARD = 1;

    private static final int SYNC_WAIT = 3;

    /// It waits for endpoints.
    static final int RESOURCE = 5;

    private final Build build;
    private final Isa isa;
    private final Map<Long, StreamTracker> trackers = new TreeMap<>();

    /// The fields of FW_CS that say what a blocked stream waits for.
    record WaitFields(FieldReader reason, FieldReader value, FieldReader isGreater) {
        static WaitFields of(Fields fields) {
            return new WaitFields(
                    fields.get("blocked_reason"), fields.get("wait_ref"), fields.get("wait_gt"));
        }
    }

    Streams(Build build, Isa isa) {
        this.build = build;
        this.isa = isa;
    }

    StreamTracker of(int csg, int cs) {
        return trackers.computeIfAbsent(
                ((long) csg << Integer.SIZE) | (cs & 0xffff_ffffL),
                key -> new StreamTracker(build, build.objects().stream(csg, cs)));
    }

    /// The streams of a slot.
    Iterable<StreamTracker> onSlot(int csg) {
        return trackers.entrySet().stream()
                .filter(entry -> entry.getKey() >> Integer.SIZE == csg)
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Label of a stream that blocks with this event: the scoreboard slots, the value or the
    /// endpoints it waits for, as far as the trace tells.
    int blocked(EventCursor event, WaitFields fields, int csg, int cs) {
        int reason = fields.reason().integer(event, 0);
        return switch (reason) {
            case SCOREBOARD -> scoreboard(of(csg, cs));
            case SYNC_WAIT -> sync(event, fields);
            case RESOURCE -> {
                String kinds = of(csg, cs).claims();
                yield build.label("blocked: resource" + (kinds.isEmpty() ? "" : " " + kinds));
            }
            default -> build.label("blocked: " + BlockedReason.name(reason));
        };
    }

    /// The name of an exception type, or its number.
    static String exception(long type) {
        String name = ExceptionCode.name(type);
        return name != null ? name : "exception 0x" + Long.toHexString(type);
    }

    private int scoreboard(StreamTracker stream) {
        Instruction instruction = isa.decode(stream.word());
        if (stream.hasWord() && instruction.form() != null) {
            for (OperandField field : instruction.form().fields()) {
                if (field.name().equals("waitMask") && field.get(stream.word()) != 0) {
                    return build.label(
                            "blocked: scoreboard #" + Labels.HEX, field.get(stream.word()));
                }
            }
        }
        return build.label("blocked: scoreboard");
    }

    private int sync(EventCursor event, WaitFields fields) {
        if (!fields.value().isPresent(event) || !fields.isGreater().isPresent(event)) {
            return build.label("blocked: sync wait");
        }
        return build.label(
                fields.isGreater().flag(event)
                        ? "blocked: sync wait > " + Labels.DECIMAL
                        : "blocked: sync wait ≤ " + Labels.DECIMAL,
                fields.value().number(event, 0));
    }
}
