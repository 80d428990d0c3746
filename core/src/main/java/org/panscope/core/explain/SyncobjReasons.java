package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

/// Why a syncobj, or a point of its timeline, is not signalled.
final class SyncobjReasons {
    private final Inquiry inquiry;
    private final Known known;

    SyncobjReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    /// @param point of a timeline, or null for whatever fence it holds
    Link explain(ObjectId id, @Nullable Long point) {
        String what = point == null ? id.toString() : "point " + point + " of " + id;
        ObjectId fence = known.named(id, Belief.KERNEL, "fence");
        long event = known.event(id, Belief.KERNEL, "fence");
        Long last = known.number(id, Belief.KERNEL, "point");
        Long signaled = known.number(id, Belief.KERNEL, "signaled_point");
        if (point != null && signaled != null && Long.compareUnsigned(signaled, point) >= 0) {
            return Link.done(
                    id,
                    "Point " + point + " of " + id + " is signalled.",
                    known.event(id, Belief.KERNEL, "signaled_point"));
        }
        if (fence == null) {
            return Link.cause(
                    id,
                    what
                            + " is not signalled: "
                            + id
                            + " holds no fence, as nothing was submitted"
                            + " that would signal it.",
                    known.event(id, Belief.KERNEL, "last_step"),
                    "Waiting for it fails, unless it is done with WAIT_FOR_SUBMIT.");
        }
        if (point != null && last != null && Long.compareUnsigned(last, point) < 0) {
            return Link.cause(
                    id,
                    what
                            + " is not materialised: the last point added is "
                            + last
                            + ", and nothing"
                            + " submitted so far signals "
                            + point
                            + ".",
                    event,
                    "Waiting for it fails, unless it is done with WAIT_FOR_SUBMIT.");
        }
        Link behind = inquiry.about(fence);
        if (behind.verdict() == Verdict.DONE) {
            return Link.done(id, what + " is signalled: " + behind.text(), behind.event());
        }
        return Link.waiting(id, what + " is not signalled: it holds " + fence + ".", event, behind);
    }
}
