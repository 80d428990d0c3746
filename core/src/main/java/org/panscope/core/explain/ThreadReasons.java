package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.trace.event.MemoryEvent.Reclaim;

import java.util.Arrays;

/// What a thread of an application waits for.
final class ThreadReasons {
    private final Inquiry inquiry;
    private final Known known;

    ThreadReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link explain(ObjectId id) {
        String name = known.text(id, Belief.KERNEL, "comm");
        String who = id + (name.isEmpty() ? "" : " (" + name + ")");
        Seen<Reclaim> reclaim = reclaimBy(id);
        String ioctl = known.text(id, Belief.KERNEL, "ioctl");
        if (reclaim != null) {
            Integer bo = reclaim.event().bo();
            String fence = reclaim.event().fence();
            ObjectId object = bo == null ? null : ObjectId.of("bo", bo);
            return Link.waiting(
                    id,
                    who + " allocates in " + (ioctl.isEmpty() ? "the kernel" : ioctl) + ".",
                    reclaim.seq(),
                    object == null
                            ? reclaiming(null, fence, reclaim.seq())
                            : inquiry.enter(
                                    object, () -> reclaiming(object, fence, reclaim.seq())));
        }
        if (ioctl.equals("SYNCOBJ_WAIT") || ioctl.equals("SYNCOBJ_TIMELINE_WAIT")) {
            for (ObjectState syncobj : known.ofKind("syncobj")) {
                String waiters = known.text(syncobj.id(), Belief.KERNEL, "waiters");
                if (waiters.contains(id + "/")) {
                    return Link.waiting(
                            id,
                            who + " waits for " + syncobj.id() + " in " + ioctl + ".",
                            known.event(syncobj.id(), Belief.KERNEL, "waiters"),
                            inquiry.about(syncobj.id()));
                }
            }
        }
        String object = known.text(id, Belief.APPLICATION, "waits_for");
        if (!object.isEmpty()) {
            return waitsFor(id, who, object);
        }
        return Link.unknown(
                id,
                who
                        + (ioctl.isEmpty()
                                ? " waits for nothing the trace shows: it may go on."
                                : " is in " + ioctl + "."),
                known.event(id, Belief.KERNEL, "ioctl"));
    }

    /// The thread that holds a lock, or null.
    static @Nullable ObjectId holding(Known known, String lock) {
        for (ObjectState thread : known.ofKind("thread")) {
            String locks = known.text(thread.id(), Belief.KERNEL, "locks");
            if (Arrays.asList(locks.split("[+ ]", -1)).contains(lock)) {
                return thread.id();
            }
        }
        return null;
    }

    private Link reclaiming(@Nullable ObjectId bo, @Nullable String fence, long seq) {
        Link wait =
                Link.waiting(
                        bo,
                        "Memory is short: reclaim took "
                                + (bo == null ? "a buffer object" : bo.toString())
                                + " and waits for the fences in its reservation.",
                        seq);
        return fence == null ? wait : wait.and(inquiry.about(ObjectId.parse(fence)));
    }

    private Link waitsFor(ObjectId id, String who, String object) {
        long event = known.event(id, Belief.APPLICATION, "waits_for");
        String kind = known.text(id, Belief.APPLICATION, "wait_kind");
        int colon = object.indexOf(':');
        ObjectId target = colon > 0 && colon < object.length() - 1 ? ObjectId.parse(object) : null;
        boolean canFollow =
                target != null
                        && known.has(target)
                        && (target.kind().equals("sync") || target.kind().equals("fence"));
        Link wait = Link.waiting(id, who + " waits for " + object + " (" + kind + ").", event);
        if (target == null || !canFollow) {
            return wait;
        }
        return wait.and(inquiry.about(target));
    }

    private @Nullable Seen<Reclaim> reclaimBy(ObjectId id) {
        try {
            return inquiry.facts.reclaimBy(Integer.parseInt(id.key()));
        } catch (NumberFormatException e) {
            return null; // no thread of this trace
        }
    }
}
