package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SyncEvent.SyncMem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// I21. A waiter that sees the value must see the error.
final class SyncErrorOrderRule extends Rule {
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<ObjectId, Stored> last = new LinkedHashMap<>();

    private record Stored(SyncMem store, long seq) {}

    SyncErrorOrderRule() {
        super(
                new RuleInfo(
                        "I21",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "The error of a sync object can be seen no later than its value.",
                        List.of(SyncMem.class),
                        "stores the trace tells of as one"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        SyncMem store = (SyncMem) moment.event();
        ObjectId id = ObjectId.sync(store.vmId(), store.va());
        Stored before = last.get(id);
        Long old = store.oldValue();
        boolean isValueKept = old != null && old == store.newValue();
        if (before != null
                && isValueKept
                && changesError(store)
                && !changesError(before.store())
                && before.store().writer() == store.writer()
                && !Objects.equals(before.store().oldValue(), before.store().newValue())) {
            report(
                    List.of(id),
                    "the value of "
                            + id
                            + " became "
                            + before.store().newValue()
                            + " before its error became "
                            + store.newError()
                            + ": a waiter in between saw success.",
                    before.seq(),
                    moment.seq());
        }
        if (last.size() < MAX_REMEMBERED || before != null) {
            last.put(id, new Stored(store, moment.seq()));
        }
    }

    private static boolean changesError(SyncMem store) {
        Integer now = store.newError();
        return now != null && now != 0 && !now.equals(store.oldError());
    }
}
