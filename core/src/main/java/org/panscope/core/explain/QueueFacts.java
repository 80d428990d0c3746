package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.Fault;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.GroupDestroy;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Writer;

import java.util.LinkedHashMap;
import java.util.Map;

/// The last events of each kind about groups and their queues. What is said of a group goes when it
/// is released.
final class QueueFacts {
    /// Of one group.
    static final class OfGroup {
        /// The last doorbell somebody rang for it.
        @Nullable Seen<DbRing> ring;

        /// The last warning right behind that ring.
        @Nullable Seen<Warn> ringWarning;

        @Nullable Seen<Kick> kick;
        @Nullable Seen<Bind> bind;
        @Nullable Seen<Unbind> unbind;
        @Nullable Seen<DbFault> pageFault;
        @Nullable Seen<Term> term;
        @Nullable Seen<Fault> fault;
        @Nullable Seen<FwEvent> progressTimer;
        @Nullable Seen<GroupDestroy> destroy;
    }

    /// Of one queue.
    static final class OfQueue {
        @Nullable Seen<InsertWrite> insert;

        /// The first INSERT the firmware has not read.
        @Nullable Seen<InsertWrite> firstUnread;

        /// The last INSERT that was smaller than the one before.
        @Nullable Seen<InsertWrite> backwards;

        @Nullable Seen<CsStatus> status;

        /// The last words that were stored below an INSERT already announced.
        @Nullable Seen<RingWrite> late;

        private long announced;
    }

    private final Map<Long, OfGroup> groups = new LinkedHashMap<>();
    private final Map<ObjectId, OfQueue> queues = new LinkedHashMap<>();
    private final Map<Integer, Long> groupOnSlot = new LinkedHashMap<>();
    private final Map<Integer, Integer> spaceOfSlot = new LinkedHashMap<>();
    private @Nullable OfGroup lastRinger;
    private long lastRing = Link.NO_EVENT;

    OfGroup group(ObjectId group) {
        try {
            OfGroup facts = groups.get(Long.parseLong(group.key()));
            return facts == null ? new OfGroup() : facts;
        } catch (NumberFormatException e) {
            return new OfGroup(); // no name the trace made
        }
    }

    OfQueue queue(ObjectId queue) {
        OfQueue facts = queues.get(queue);
        return facts == null ? new OfQueue() : facts;
    }

    /// The group that was bound to a slot last, or null.
    @Nullable Long groupOn(int slot) {
        return groupOnSlot.get(slot);
    }

    void add(long seq, long timeNs, TraceEvent event) {
        switch (event) {
            case RingWrite write -> written(new Seen<>(seq, timeNs, write));
            case InsertWrite insert -> inserted(new Seen<>(seq, timeNs, insert));
            case DbRing ring -> rung(new Seen<>(seq, timeNs, ring));
            case DbFault fault -> {
                if (fault.gid() != null) {
                    of(fault.gid()).pageFault = new Seen<>(seq, timeNs, fault);
                }
            }
            case Kick kick -> {
                if (kick.gid() != null) {
                    of(kick.gid()).kick = new Seen<>(seq, timeNs, kick);
                }
            }
            case Bind bind -> {
                of(bind.gid()).bind = new Seen<>(seq, timeNs, bind);
                groupOnSlot.put(bind.slot(), bind.gid());
                spaceOfSlot.put(bind.slot(), bind.as());
            }
            case Unbind unbind -> of(unbind.gid()).unbind = new Seen<>(seq, timeNs, unbind);
            case CsStatus status ->
                    of(status.gid(), status.queue()).status = new Seen<>(seq, timeNs, status);
            case FwCs stream -> fetched(stream);
            case FwEvent fw -> {
                Long gid = fw.gid();
                if (gid != null && fw.progressTimer()) {
                    of(gid).progressTimer = new Seen<>(seq, timeNs, fw);
                }
            }
            case Fault fault -> fault(new Seen<>(seq, timeNs, fault));
            case Term term -> of(term.gid()).term = new Seen<>(seq, timeNs, term);
            case Warn warn -> {
                OfGroup ringer = lastRinger;
                if (ringer != null && lastRing == seq - 1) {
                    ringer.ringWarning = new Seen<>(seq, timeNs, warn);
                }
            }
            case GroupDestroy destroy ->
                    of(destroy.gid()).destroy = new Seen<>(seq, timeNs, destroy);
            case GroupRelease release -> release(release.gid());
            default -> throw new IllegalArgumentException("event=" + event);
        }
    }

    private OfGroup of(long gid) {
        return groups.computeIfAbsent(gid, missing -> new OfGroup());
    }

    private OfQueue of(long gid, int queue) {
        return queues.computeIfAbsent(ObjectId.queue(gid, queue), missing -> new OfQueue());
    }

    private void written(Seen<RingWrite> write) {
        OfQueue queue = of(write.event().gid(), write.event().queue());
        if (write.event().at() < queue.announced) {
            queue.late = write;
        }
    }

    private void inserted(Seen<InsertWrite> insert) {
        OfQueue queue = of(insert.event().gid(), insert.event().queue());
        if (insert.event().newInsert() < queue.announced) {
            queue.backwards = insert;
        }
        queue.announced = insert.event().newInsert();
        queue.insert = insert;
        if (queue.firstUnread == null) {
            queue.firstUnread = insert;
        }
    }

    private void rung(Seen<DbRing> ring) {
        Long gid = ring.event().intendedGid();
        if (gid != null) {
            OfGroup group = of(gid);
            group.ring = ring;
            group.ringWarning = null;
            lastRinger = group;
            lastRing = ring.seq();
        }
    }

    private void fetched(FwCs stream) {
        Long gid = groupOnSlot.get(stream.csg());
        Long read = stream.insert();
        if (gid == null || read == null) {
            return;
        }
        OfQueue queue = of(gid, stream.cs());
        Seen<InsertWrite> last = queue.insert;
        if (last != null && read == last.event().newInsert()) {
            queue.firstUnread = null;
        }
    }

    /// A page fault of the GPU is every group's whose address space it was; a stream's is its own.
    private void fault(Seen<Fault> fault) {
        Integer csg = fault.event().csg();
        Integer space = fault.event().as();
        for (Map.Entry<Integer, Long> bound : groupOnSlot.entrySet()) {
            boolean isMeant =
                    csg != null
                            ? csg.equals(bound.getKey())
                            : space != null && space.equals(spaceOfSlot.get(bound.getKey()));
            OfGroup group = isMeant ? of(bound.getValue()) : null;
            if (group != null && (group.fault == null || csg == null)) {
                group.fault = fault;
            }
        }
    }

    private void release(long gid) {
        groups.remove(gid);
        queues.keySet().removeIf(queue -> queue.key().startsWith(gid + "."));
        groupOnSlot.values().removeIf(bound -> bound == gid);
    }

    /// Whether a seen event is later than another; an event never seen is earlier than all.
    static boolean isAfter(@Nullable Seen<?> event, @Nullable Seen<?> other) {
        return event != null && (other == null || event.seq() > other.seq());
    }

    /// Whether INSERT was stored by the driver.
    static boolean isByKernel(Seen<InsertWrite> insert) {
        return insert.event().by() == Writer.KERNEL;
    }
}
