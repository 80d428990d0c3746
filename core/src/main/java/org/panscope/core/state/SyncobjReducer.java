package org.panscope.core.state;

import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;

/// drm_syncobjs, by their handles. Files that share one see the same in each of theirs.
final class SyncobjReducer {
    private static final String KIND = "syncobj";

    private SyncobjReducer() {}

    static void change(StateBuilder state, FenceEvent.Syncobj event) {
        ObjectId named = new ObjectId(KIND, event.fileId() + "." + event.handle());
        switch (event.step()) {
            case CREATE, IMPORT -> state.create(named);
            case DESTROY -> state.destroy(named);
            default -> {
                if (event.handles() == null) {
                    state.known(named);
                }
            }
        }
        List<ObjectEditor> handles = handles(state, event, named);
        for (ObjectEditor handle : handles) {
            content(handle, event);
            handle.clear(Belief.KERNEL, "shared_as")
                    .set(Belief.KERNEL, "shared_as", handles.size() > 1 ? event.handles() : null);
        }
    }

    /// Every handle of the syncobj the event is about.
    private static List<ObjectEditor> handles(
            StateBuilder state, FenceEvent.Syncobj event, ObjectId named) {
        List<ObjectEditor> editors = new ArrayList<>();
        String all = event.handles();
        if (all == null) {
            if (event.step() != SyncobjStep.DESTROY) {
                editors.add(state.edit(named));
            }
            return editors;
        }
        for (String key : TextList.items(all)) {
            editors.add(state.known(new ObjectId(KIND, key)));
        }
        return editors;
    }

    private static void content(ObjectEditor syncobj, FenceEvent.Syncobj event) {
        switch (event.step()) {
            case CREATE, IMPORT, REPLACE_FENCE, SIGNAL, ADD_POINT ->
                    syncobj.clear(Belief.KERNEL, "fence", "point")
                            .set(Belief.KERNEL, "fence", event.fence())
                            .set(Belief.KERNEL, "point", event.point(), Unit.COUNT);
            case RESET -> syncobj.clear(Belief.KERNEL, "fence", "point");
            case WAIT_DEP ->
                    syncobj.set(Belief.KERNEL, "last_waiter", event.job(), Unit.ID)
                            .set(Belief.KERNEL, "last_waited_fence", event.fence());
            case EXPORT, SIGNALED, DESTROY -> {}
        }
        syncobj.set(Belief.KERNEL, "id", event.syncobj(), Unit.ID)
                .set(Belief.KERNEL, "last_step", event.step());
        if (event.state() != null) {
            syncobj.set(Belief.KERNEL, "state", event.state())
                    .clear(Belief.KERNEL, "signaled_point")
                    .set(Belief.KERNEL, "signaled_point", event.signaledPoint(), Unit.COUNT);
        }
    }

    /// A wait outlives the handle it is made through.
    static void await(StateBuilder state, FenceEvent.SyncobjWait event) {
        ObjectEditor syncobj =
                state.find(new ObjectId(KIND, event.fileId() + "." + event.handle()));
        if (syncobj == null) {
            return;
        }
        Long deadline = event.deadlineNs();
        String waiter =
                "thread:"
                        + event.pid()
                        + "/point:"
                        + Long.toUnsignedString(event.point())
                        + "/flags:0x"
                        + Long.toHexString(event.flags())
                        + (deadline == null ? "" : "/until:" + deadline);
        String before = syncobj.text(Belief.KERNEL, "waiters");
        boolean begins = event.step() == FenceEvent.WaitStep.BEGIN;
        syncobj.set(
                Belief.KERNEL,
                "waiters",
                begins ? TextList.addLast(before, waiter) : TextList.without(before, waiter));
    }
}
