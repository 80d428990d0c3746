package org.panscope.core.state;

import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.schema.Unit;

/// Life of fences and of what carries them.
final class FenceReducer {
    private FenceReducer() {}

    static void apply(StateBuilder state, FenceEvent event) {
        switch (event) {
            case FenceEvent.Fence fence -> fence(state, fence);
            case FenceEvent.Syncobj syncobj -> SyncobjReducer.change(state, syncobj);
            case FenceEvent.SyncobjWait wait -> SyncobjReducer.await(state, wait);
            case FenceEvent.Resv resv -> resv(state, resv);
        }
    }

    private static void resv(StateBuilder state, FenceEvent.Resv event) {
        String owner = event.owner();
        int colon = owner.indexOf(':');
        if (colon > 0 && colon < owner.length() - 1) {
            ObjectId id = new ObjectId(owner.substring(0, colon), owner.substring(colon + 1));
            state.known(id).set(Belief.KERNEL, "resv", event.fences());
        }
    }

    private static void fence(StateBuilder state, FenceEvent.Fence event) {
        ObjectId id = ObjectId.fence(event.context(), event.seqno());
        if (event.step() == FenceEvent.FenceStep.DESTROY) {
            state.remove(id); // not known any more when it was retired
            return;
        }
        ObjectEditor fence =
                event.step() == FenceEvent.FenceStep.INIT ? state.create(id) : state.known(id);
        fence.set(Belief.KERNEL, "kind", event.kind())
                .set(Belief.KERNEL, "driver", event.driver())
                .set(Belief.KERNEL, "timeline", event.timeline())
                .set(Belief.KERNEL, "job", event.job(), Unit.ID)
                .set(Belief.KERNEL, "error", event.error(), Unit.ERRNO);
        switch (event.step()) {
            case INIT ->
                    fence.set(Belief.KERNEL, "signaled", false)
                            .set(Belief.KERNEL, "wraps", event.wraps())
                            .set(Belief.KERNEL, "prev", event.prev());
            case RELINK ->
                    fence.clear(Belief.KERNEL, "prev").set(Belief.KERNEL, "prev", event.prev());
            case PUBLISH -> {
                String to = event.publishedTo();
                if (to != null) {
                    String before = fence.text(Belief.KERNEL, "published_to");
                    fence.set(
                            Belief.KERNEL,
                            "published_to",
                            TextList.addLast(before, to.replace(' ', '/')));
                }
            }
            case ADD_CALLBACK -> {
                Long count = fence.number(Belief.KERNEL, "callbacks");
                fence.set(Belief.KERNEL, "callbacks", count == null ? 1 : count + 1, Unit.COUNT);
            }
            case ENABLE_SIGNAL -> fence.set(Belief.KERNEL, "signaling_enabled", true);
            case SET_ERROR, DESTROY -> {}
            case SIGNALED -> {
                fence.set(Belief.KERNEL, "signaled", true);
                state.retire(id);
            }
        }
    }
}
