package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Groups on CSG slots, from probes at the beginning of panthor's functions (`panthor_sched.c`:
/// `group_bind_locked(group, csg_id)`, `group_unbind_locked(group)`). A group is known by its
/// address only; the probes do not see the handle, nor whether binding succeeds.
final class SlotPairs {
    private final PairBook book;
    private final OpenPairs<Long> bound;

    /// The last pair of each slot, as long as it is open.
    private final Map<String, Pair> bySlot = new LinkedHashMap<>();

    SlotPairs(PairBook book) {
        this.book = book;
        bound = new OpenPairs<>(book);
    }

    /// What reads the events of this name, or null.
    @Nullable Consumer<EventCursor> reader(String name, Fields fields) {
        FieldReader group = fields.get("group");
        FieldReader slot = fields.get("csg_id");
        return switch (name) {
            case "group_bind_locked" -> event -> bind(group.number(event, 0), slot, event);
            case "group_unbind_locked" -> event -> unbind(group.number(event, 0), event);
            default -> null;
        };
    }

    private void bind(long group, FieldReader slot, EventCursor event) {
        if (group == 0 || !slot.isPresent(event)) {
            book.counter(PairKind.GROUP_BOUND).unknown(event.seq());
            return;
        }
        String on = "slot " + slot.number(event, 0);
        Pair pair = book.begin(PairKind.GROUP_BOUND, on, name(group), FenceKey.NONE, event, null);
        Pair ofGroup = bound.innermost(group);
        Pair onSlot = bySlot.get(on);
        book.excluded(ofGroup, pair);
        if (onSlot != null && !onSlot.equals(ofGroup)) {
            book.excluded(onSlot, pair);
        }
        bound.put(group, pair, event);
        if (ofGroup != null) {
            bySlot.remove(ofGroup.owner(), ofGroup);
        }
        if (bySlot.size() < OpenPairs.MOST_OPEN) {
            bySlot.put(on, pair);
        }
    }

    private void unbind(long group, EventCursor event) {
        Pair pair = bound.take(group);
        if (pair == null) {
            book.loneEnd(PairKind.GROUP_BOUND, name(group), event);
        } else {
            bySlot.remove(pair.owner(), pair);
            book.end(pair, event, Outcome.ENDED);
        }
    }

    private static String name(long group) {
        return "group 0x" + Long.toHexString(group);
    }

    void finish() {
        bound.finish();
    }
}
