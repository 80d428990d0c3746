package org.panscope.core.state;

import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SchedEvent.ListNode;
import org.panscope.trace.schema.Unit;

/// What the group scheduler does: lists, slots, programming, ticks.
final class SchedReducer {
    private SchedReducer() {}

    static void apply(StateBuilder state, SchedEvent event) {
        switch (event) {
            case SchedEvent.GroupList move -> groupList(state, move);
            case SchedEvent.GroupState change ->
                    state.known(ObjectId.of("group", change.gid()))
                            .set(Belief.KERNEL, "state", change.newState())
                            .set(Belief.KERNEL, "fw_state", change.fwState(), Unit.INDEX);
            case SchedEvent.Bind bind -> bind(state, bind);
            case SchedEvent.Unbind unbind -> unbind(state, unbind);
            case SchedEvent.CsProg prog -> csProg(state, prog);
            case SchedEvent.CsStatus status -> csStatus(state, status);
            case SchedEvent.Tick tick -> {
                if (tick.phase() == SchedEvent.TickPhase.BEGIN) {
                    ListTexts.tickBegins(state.edit(Devices.GPU));
                }
                PowerReducer.tick(state, tick);
            }
            case SchedEvent.Pm pm -> PowerReducer.pm(state, pm);
            case SchedEvent.FwEvent fwEvent -> fwEvent(state, fwEvent);
            case SchedEvent.SchedWork work -> PowerReducer.work(state, work);
            case SchedEvent.Reset reset -> PowerReducer.reset(state, reset);
            case SchedEvent.GroupMasks masks -> masks(state, masks);
            case SchedEvent.Job job -> JobReducer.job(state, job);
            case SchedEvent.Eviction eviction ->
                    state.known(ObjectId.of("vm", eviction.vmId()))
                            .set(Belief.KERNEL, "eviction", eviction.step())
                            .set(Belief.KERNEL, "eviction_fence", eviction.fence());
            case SchedEvent.QueueTimer timer -> JobReducer.timer(state, timer);
            case SchedEvent.GroupRef ref ->
                    state.known(ObjectId.of("group", ref.gid()))
                            .set(Belief.KERNEL, "refs", ref.refs(), Unit.COUNT);
        }
    }

    private static void groupList(StateBuilder state, SchedEvent.GroupList move) {
        ObjectEditor group = state.known(ObjectId.of("group", move.gid()));
        ObjectEditor device = state.edit(Devices.GPU);
        String item = group.id().toString();
        boolean runNode = move.node() == ListNode.RUN_NODE;
        String node = runNode ? "list" : "wait_list";
        Cell believed = group.get(Belief.KERNEL, node);
        if (believed != null && !believed.value().equals(move.from().label())) {
            state.anomaly(
                    group.id(),
                    "moved from list " + move.from().label() + ", was on " + believed.value());
        }
        ListTexts.move(device, move, item);
        group.set(Belief.KERNEL, node, move.to()).set(Belief.KERNEL, node + "_site", move.site());
    }

    private static void bind(StateBuilder state, SchedEvent.Bind bind) {
        ObjectEditor group = state.known(ObjectId.of("group", bind.gid()));
        group.set(Belief.KERNEL, "bind_result", bind.result(), Unit.ERRNO);
        if (bind.result() != 0) {
            return;
        }
        group.set(Belief.KERNEL, "slot", bind.slot(), Unit.INDEX)
                .set(Belief.KERNEL, "as", bind.as(), Unit.INDEX);
        state.edit(ObjectId.of("slot", bind.slot()))
                .set(Belief.KERNEL, "group", bind.gid(), Unit.ID)
                .set(Belief.KERNEL, "as", bind.as(), Unit.INDEX)
                .set(Belief.KERNEL, "doorbell_id", bind.doorbellId(), Unit.INDEX);
        state.edit(ObjectId.of("as", bind.as()))
                .set(Belief.KERNEL, "vm", group.number(Belief.KERNEL, "vm"), Unit.ID);
        for (ObjectEditor queue : Queues.of(state, bind.gid())) {
            queue.set(Belief.KERNEL, "doorbell_id", bind.doorbellId(), Unit.INDEX);
        }
    }

    private static void unbind(StateBuilder state, SchedEvent.Unbind unbind) {
        if (unbind.result() != 0) {
            return;
        }
        state.known(ObjectId.of("group", unbind.gid()))
                .set(Belief.KERNEL, "slot", -1L, Unit.INDEX)
                .set(Belief.KERNEL, "state", unbind.state())
                .clear(Belief.KERNEL, "as")
                .clear(Belief.FIRMWARE, "state");
        state.edit(ObjectId.of("slot", unbind.slot()))
                .clear(Belief.KERNEL, "group", "as", "doorbell_id");
        for (ObjectEditor queue : Queues.of(state, unbind.gid())) {
            queue.set(Belief.KERNEL, "doorbell_id", Queues.NO_DOORBELL, Unit.INDEX)
                    .clear(Belief.KERNEL, "slot");
        }
    }

    private static void csProg(StateBuilder state, SchedEvent.CsProg prog) {
        ObjectEditor queue = Queues.known(state, prog.gid(), prog.queue());
        queue.set(Belief.KERNEL, "slot", prog.slot(), Unit.INDEX)
                .set(Belief.KERNEL, "insert", prog.insert(), Unit.BYTES)
                .set(Belief.KERNEL, "extract", prog.extractInit(), Unit.BYTES)
                .set(Belief.KERNEL, "extract_init", prog.extractInit(), Unit.BYTES)
                .set(Belief.KERNEL, "prog_warned", prog.warned());
        Queues.storeUserIo(state, queue, UserIoLayout.EXTRACT_INIT, prog.extractInit(), Long.BYTES);
    }

    private static void csStatus(StateBuilder state, SchedEvent.CsStatus status) {
        Queues.known(state, status.gid(), status.queue())
                .clear(Belief.KERNEL, "wait_va", "wait_ref", "wait_gt", "wait_64")
                .set(Belief.KERNEL, "blocked_reason", status.blockedReason(), Unit.INDEX)
                .set(Belief.KERNEL, "insert", status.insert(), Unit.BYTES)
                .set(Belief.KERNEL, "extract", status.extract(), Unit.BYTES)
                .set(Belief.KERNEL, "scoreboards", status.scoreboards(), Unit.HEX)
                .set(Belief.KERNEL, "wait_va", status.waitVa(), Unit.GPU_VA)
                .set(Belief.KERNEL, "wait_ref", status.waitRef(), Unit.COUNT)
                .set(Belief.KERNEL, "wait_gt", status.waitGt())
                .set(Belief.KERNEL, "wait_64", status.wait64())
                .set(Belief.KERNEL, "sampled_idle", status.idle())
                .set(Belief.KERNEL, "sampled_blocked", status.blocked());
    }

    private static void fwEvent(StateBuilder state, SchedEvent.FwEvent event) {
        ObjectEditor slot =
                state.edit(event.slot() < 0 ? Devices.GPU : ObjectId.of("slot", event.slot()));
        slot.set(Belief.KERNEL, "event_sync_update", event.syncUpdate())
                .set(Belief.KERNEL, "event_idle", event.idle())
                .set(Belief.KERNEL, "event_progress_timer", event.progressTimer())
                .set(Belief.KERNEL, "event_cs_irq", event.csIrq(), Unit.HEX);
    }

    private static void masks(StateBuilder state, SchedEvent.GroupMasks masks) {
        state.known(ObjectId.of("group", masks.gid()))
                .set(Belief.KERNEL, "idle_queues", masks.idle(), Unit.HEX)
                .set(Belief.KERNEL, "blocked_queues", masks.blocked(), Unit.HEX)
                .set(Belief.KERNEL, "fatal_queues", masks.fatal(), Unit.HEX)
                .set(Belief.KERNEL, "timed_out", masks.timedOut())
                .set(Belief.KERNEL, "innocent", masks.innocent());
        Queues.setFlags(state, masks.gid(), "idle", masks.idle());
        Queues.setFlags(state, masks.gid(), "blocked", masks.blocked());
        Queues.setFlags(state, masks.gid(), "fatal", masks.fatal());
    }
}
