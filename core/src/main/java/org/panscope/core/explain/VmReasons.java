package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.List;

/// What keeps an address space, or memory in it, from being used or given back.
final class VmReasons {
    private final Inquiry inquiry;
    private final Known known;

    VmReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    /// The address space of a group, or null when it is not known.
    @Nullable ObjectId of(ObjectId group) {
        Long vm = known.number(group, Belief.KERNEL, "vm");
        return vm == null ? null : ObjectId.of("vm", vm);
    }

    /// Why the address space of a group cannot be used, or null when it can.
    @Nullable Link unusable(ObjectId group) {
        ObjectId vm = of(group);
        if (vm == null || !known.isTrue(vm, Belief.KERNEL, "unusable")) {
            return null;
        }
        return Link.cause(
                vm,
                vm
                        + " is unusable: an asynchronous VM_BIND failed with error "
                        + known.number(vm, Belief.KERNEL, "error", 0)
                        + ".",
                known.event(vm, Belief.KERNEL, "unusable"),
                "Nothing repairs it; the application has to make a new address space.");
    }

    /// The operations of VM_BIND and the fences it waits for.
    Link explain(ObjectId id) {
        if (known.isTrue(id, Belief.KERNEL, "unusable")) {
            return Link.cause(
                    id,
                    id + " is unusable: an asynchronous VM_BIND failed.",
                    known.event(id, Belief.KERNEL, "unusable"),
                    null);
        }
        List<Link> behind = new ArrayList<>();
        for (ObjectState job : known.ofKind("job")) {
            Long vm = known.number(job.id(), Belief.KERNEL, "vm");
            if (vm != null
                    && id.key().equals(vm.toString())
                    && !known.text(job.id(), Belief.KERNEL, "step").equals("done")) {
                behind.add(inquiry.about(job.id()));
            }
        }
        behind.addAll(reservation(id));
        return behind.isEmpty()
                ? Link.done(id, "Nothing is pending in " + id + ".", Link.NO_EVENT)
                : Link.waiting(
                        id, id + " has operations or fences pending.", Link.NO_EVENT, behind);
    }

    /// The fences that reclaim of a buffer object would wait for.
    Link bo(ObjectId id) {
        List<Link> fences = reservation(id);
        return fences.isEmpty()
                ? Link.done(id, "No fence keeps " + id + " in place.", Link.NO_EVENT)
                : Link.waiting(
                        id,
                        "Who wants the memory of "
                                + id
                                + " waits for the fences in its reservation.",
                        known.event(id, Belief.KERNEL, "resv"),
                        fences);
    }

    /// The fences of a reservation that are not signalled.
    private List<Link> reservation(ObjectId id) {
        List<Link> links = new ArrayList<>();
        for (ObjectId fence : pendingFences(known, id)) {
            links.add(inquiry.about(fence));
        }
        return links;
    }

    /// The same as names.
    static List<ObjectId> pendingFences(Known known, ObjectId id) {
        List<ObjectId> fences = new ArrayList<>();
        for (String item : known.text(id, Belief.KERNEL, "resv").split("[ ,]+", -1)) {
            int slash = item.lastIndexOf('/');
            if (slash > 0 && item.startsWith("fence:")) {
                ObjectId fence = ObjectId.parse(item.substring(0, slash));
                if (known.has(fence) && !known.isTrue(fence, Belief.KERNEL, "signaled")) {
                    fences.add(fence);
                }
            }
        }
        return fences;
    }
}
