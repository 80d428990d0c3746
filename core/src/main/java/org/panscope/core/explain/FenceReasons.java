package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.List;

/// Why a fence is not signalled.
final class FenceReasons {
    private final Inquiry inquiry;
    private final Known known;

    FenceReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link explain(ObjectId id) {
        if (!known.has(id)) {
            return Link.unknown(
                    id, "Nothing is known of " + id + ": it is freed, or not seen.", Link.NO_EVENT);
        }
        String kind = known.text(id, Belief.KERNEL, "kind");
        if (known.isTrue(id, Belief.KERNEL, "signaled")) {
            return signaled(id);
        }
        long event = known.event(id, Belief.KERNEL, "signaled");
        String intro = id + " is not signalled: it is ";
        return switch (kind) {
            case "chain" -> chain(id, event);
            case "eviction" ->
                    Link.waiting(
                            id,
                            intro
                                    + "an eviction fence, which signals when the memory of its"
                                    + " address space is wanted and the groups there have left"
                                    + " their slots.",
                            event);
            default -> {
                ObjectId job = jobOf(id);
                yield job == null
                        ? Link.unknown(
                                id,
                                intro
                                        + describe(kind, id)
                                        + "; the trace does not show what signals it.",
                                event)
                        : Link.waiting(
                                id,
                                intro + describe(kind, id) + " of " + job + ".",
                                event,
                                inquiry.about(job));
            }
        };
    }

    private Link signaled(ObjectId id) {
        long error = known.number(id, Belief.KERNEL, "error", 0);
        long event = known.event(id, Belief.KERNEL, "signaled");
        return Link.done(
                id,
                id
                        + " is signalled since "
                        + inquiry.at(event)
                        + (error == 0 ? "." : ", with error " + error + "."),
                event);
    }

    private String describe(String kind, ObjectId id) {
        return switch (kind) {
            case "finished" -> "the finished fence";
            case "scheduled" -> "the scheduled fence";
            case "xgs_done", "queue_done" -> "the done fence";
            case "submission" -> "the submission fence";
            default -> {
                String driver = known.text(id, Belief.KERNEL, "driver");
                String timeline = known.text(id, Belief.KERNEL, "timeline");
                yield "a fence of "
                        + (driver.isEmpty() ? "an unknown driver" : driver)
                        + (timeline.isEmpty() ? "" : ", timeline " + timeline);
            }
        };
    }

    private Link chain(ObjectId id, long event) {
        List<Link> behind = new ArrayList<>();
        for (String which : new String[] {"wraps", "prev"}) {
            ObjectId fence = known.named(id, Belief.KERNEL, which);
            if (fence != null
                    && known.has(fence)
                    && !known.isTrue(fence, Belief.KERNEL, "signaled")) {
                behind.add(inquiry.about(fence));
            }
        }
        return Link.waiting(
                id, id + " is not signalled: it is a link of a timeline.", event, behind);
    }

    /// The job that a fence is of, or null.
    private @Nullable ObjectId jobOf(ObjectId fence) {
        for (String kind : new String[] {"xgs-job", "job"}) {
            for (ObjectState job : known.ofKind(kind)) {
                boolean isOf =
                        fence.toString()
                                        .equals(
                                                known.text(
                                                        job.id(), Belief.KERNEL, "finished_fence"))
                                || fence.toString()
                                        .equals(known.text(job.id(), Belief.KERNEL, "done_fence"));
                if (isOf) {
                    return job.id();
                }
            }
        }
        Long number = known.number(fence, Belief.KERNEL, "job");
        if (number == null) {
            return null;
        }
        boolean isXgs = known.text(fence, Belief.KERNEL, "timeline").contains("xgs");
        ObjectId job = ObjectId.of(isXgs ? "xgs-job" : "job", number);
        return known.has(job) ? job : null;
    }
}
