package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.MappingKind;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.Unit;

/// What the driver does for its callers.
final class KernelReducer {
    private KernelReducer() {}

    static void apply(StateBuilder state, EventHeader header, KernelEvent event) {
        switch (event) {
            case KernelEvent.IoctlEnter enter -> {
                state.known(ObjectId.of("file", enter.fileId()));
                if (header.pid() >= 0) {
                    state.edit(ObjectId.of("thread", header.pid()))
                            .set(Belief.KERNEL, "ioctl", enter.name());
                }
            }
            // the file may be closed by now: another thread can do that during an ioctl
            case KernelEvent.IoctlExit exit -> {
                if (header.pid() >= 0) {
                    state.edit(ObjectId.of("thread", header.pid()))
                            .clear(Belief.KERNEL, "ioctl")
                            .set(Belief.APPLICATION, "last_ioctl", exit.name())
                            .set(Belief.APPLICATION, "last_ioctl_ret", exit.ret(), Unit.ERRNO);
                }
            }
            case KernelEvent.GroupCreateStep step -> groupCreateStep(state, step);
            case KernelEvent.QueueCreated queue -> queueCreated(state, queue);
            case KernelEvent.GroupDestroy destroy ->
                    state.known(ObjectId.of("group", destroy.gid()))
                            .set(Belief.KERNEL, "destroyed", true)
                            .clear(Belief.KERNEL, "handle");
            case KernelEvent.GroupRelease release -> {
                for (ObjectEditor queue : Queues.of(state, release.gid())) {
                    state.remove(queue.id());
                }
                state.destroy(ObjectId.of("group", release.gid()));
            }
            case KernelEvent.Mmap mmap -> mmap(state, mmap);
            case KernelEvent.Munmap munmap -> munmap(state, munmap);
            case KernelEvent.DbFault fault -> DoorbellReducer.fault(state, fault);
            case KernelEvent.DbZap zap -> DoorbellReducer.zap(state, zap);
            case KernelEvent.Kick kick -> kick(state, kick);
            case KernelEvent.Eventfd eventfd ->
                    state.edit(ObjectId.of("eventfd", eventfd.eventfd()))
                            .set(Belief.KERNEL, "owner", eventfd.owner())
                            .set(Belief.KERNEL, "counter", eventfd.after(), Unit.COUNT);
            case KernelEvent.SyncUpdate update ->
                    state.known(ObjectId.of("file", update.fileId()))
                            .set(Belief.KERNEL, "sync_update_pm_in_use", update.pmInUse())
                            .set(Belief.KERNEL, "sync_update_doorbell", update.doorbellWritten())
                            .set(Belief.KERNEL, "sync_update_work", update.workQueued());
            case KernelEvent.Term term ->
                    state.known(ObjectId.of("group", term.gid()))
                            .set(Belief.KERNEL, "term_reason", term.reason())
                            .set(Belief.KERNEL, "jobs_errored", term.jobsErrored(), Unit.COUNT)
                            .set(
                                    Belief.KERNEL,
                                    "syncobjs_written",
                                    term.syncobjsWritten(),
                                    Unit.COUNT);
            case KernelEvent.Warn warn -> {
                ObjectEditor device = state.edit(Devices.GPU);
                String count = warn.kind().label() + "_count";
                Long before = device.number(Belief.KERNEL, count);
                device.set(Belief.KERNEL, count, before == null ? 1 : before + 1, Unit.COUNT)
                        .set(
                                Belief.KERNEL,
                                "last_" + warn.kind().label(),
                                warn.site() + ": " + warn.text());
            }
            case KernelEvent.FileOpen open ->
                    state.create(ObjectId.of("file", open.fileId()))
                            .set(Belief.KERNEL, "client_id", open.clientId(), Unit.ID)
                            .set(Belief.KERNEL, "process", open.process());
            case KernelEvent.FileClose close -> state.destroy(ObjectId.of("file", close.fileId()));
            case KernelEvent.ProcessKill kill ->
                    state.edit(new ObjectId("process", kill.process()))
                            .set(Belief.KERNEL, "signal", kill.signal(), Unit.COUNT);
            case KernelEvent.ProcessExit exit ->
                    state.edit(new ObjectId("process", exit.process()))
                            .set(Belief.KERNEL, "exited", true);
            case KernelEvent.AllocInSignal alloc -> {
                allocated(state, alloc.job())
                        .set(
                                Belief.KERNEL,
                                "alloc_in_signal",
                                alloc.kind() + " at " + alloc.site());
            }
        }
    }

    /// The job whose fence depends on an allocation, as long as there is one.
    private static ObjectEditor allocated(StateBuilder state, @Nullable Long job) {
        ObjectEditor editor = null;
        if (job != null) {
            editor = state.find(ObjectId.of("xgs-job", job));
            editor = editor == null ? state.find(ObjectId.of("job", job)) : editor;
        }
        return editor == null ? state.edit(Devices.GPU) : editor;
    }

    private static void groupCreateStep(StateBuilder state, KernelEvent.GroupCreateStep step) {
        ObjectId id = ObjectId.of("group", step.gid());
        boolean first = step.step() == KernelEvent.CreateStep.ALLOC;
        // a capture may tell of a group only once it is there
        boolean exists = step.step() == KernelEvent.CreateStep.RETURNED;
        ObjectEditor group = first ? state.create(id) : exists ? state.edit(id) : state.known(id);
        group.set(Belief.KERNEL, "create_step", step.step())
                .set(Belief.KERNEL, "handle", step.handle(), Unit.ID)
                .set(Belief.KERNEL, "file", step.fileId(), Unit.ID)
                .set(Belief.KERNEL, "vm", step.vmId(), Unit.ID)
                .set(Belief.KERNEL, "user_submit", step.userSubmit())
                .set(Belief.KERNEL, "priority", step.priority(), Unit.INDEX)
                .set(Belief.KERNEL, "queue_count", step.queueCount(), Unit.COUNT)
                .set(Belief.KERNEL, "has_eventfd", step.hasEventfd());
        if (first) {
            group.set(Belief.KERNEL, "slot", -1L, Unit.INDEX)
                    .set(Belief.KERNEL, "destroyed", false)
                    .set(Belief.KERNEL, "refs", 1L, Unit.COUNT);
        }
    }

    private static void queueCreated(StateBuilder state, KernelEvent.QueueCreated event) {
        ObjectEditor group = state.known(ObjectId.of("group", event.gid()));
        ObjectEditor queue = state.create(ObjectId.queue(event.gid(), event.queue()));
        if (event.ringBo() == null) {
            queue.set(Belief.MEMORY, ObjectState.RING_MEMORY, state.memoryOfNow(), Unit.ID);
        }
        queue.set(Belief.KERNEL, "priority", event.priority(), Unit.INDEX)
                .set(Belief.KERNEL, "ring_va", event.ringVa(), Unit.GPU_VA)
                .set(Belief.KERNEL, "ring_size", event.ringSize(), Unit.BYTES)
                .set(Belief.KERNEL, "ring_bo", event.ringBo(), Unit.ID)
                .set(Belief.KERNEL, "io_bo", event.ioBo(), Unit.ID)
                .set(Belief.KERNEL, "input_va", event.inputVa(), Unit.GPU_VA)
                .set(Belief.KERNEL, "output_va", event.outputVa(), Unit.GPU_VA)
                .set(Belief.KERNEL, "fence_context", event.fenceContext(), Unit.ID)
                .set(Belief.KERNEL, "sync_va", event.syncVa(), Unit.GPU_VA)
                .set(Belief.KERNEL, "ring_offset", event.ringOffset(), Unit.FILE_OFFSET)
                .set(Belief.KERNEL, "user_io_offset", event.userIoOffset(), Unit.FILE_OFFSET)
                .set(Belief.KERNEL, "doorbell_offset", event.doorbellOffset(), Unit.FILE_OFFSET);
        if (event.ringBo() != null) { // else the group may have a slot already
            queue.set(Belief.KERNEL, "doorbell_id", Queues.NO_DOORBELL, Unit.INDEX);
        }
        Cell userSubmit = group.get(Belief.KERNEL, "user_submit");
        if (userSubmit != null) {
            queue.set(Belief.KERNEL, "mode", userSubmit.value().equals(true) ? "user" : "kernel");
        }
        state.watch(UserIoLayout.words(queue.state()));
        Long vm = group.number(Belief.KERNEL, "vm");
        Long syncVa = event.syncVa();
        if (vm != null && syncVa != null) {
            SyncObjects.at(state, vm, syncVa, Long.BYTES);
        }
    }

    private static void mmap(StateBuilder state, KernelEvent.Mmap mmap) {
        ObjectEditor file = state.known(ObjectId.of("file", mmap.fileId()));
        Long gid = mmap.gid();
        Long va = mmap.va();
        if (mmap.ret() != 0) {
            return;
        }
        if (va != null) {
            Integer bo = mmap.bo();
            file.set(
                    Belief.KERNEL,
                    mappingName(va),
                    mmap.kind().label()
                            + (gid == null ? "" : " group:" + gid)
                            + (bo == null ? "" : " bo:" + bo)
                            + " 0x"
                            + Long.toHexString(mmap.length())
                            + " "
                            + mmap.prot());
        }
        if (mmap.kind() == MappingKind.DOORBELL) {
            DoorbellReducer.mapped(state, file, mmap);
        }
    }

    private static void munmap(StateBuilder state, KernelEvent.Munmap munmap) {
        ObjectEditor file = state.known(ObjectId.of("file", munmap.fileId()));
        String[] mapping = file.text(Belief.KERNEL, mappingName(munmap.va())).split(" ", -1);
        file.clear(Belief.KERNEL, mappingName(munmap.va()));
        if (munmap.kind() == MappingKind.DOORBELL) {
            DoorbellReducer.unmapped(file, munmap.va());
        }
        if (munmap.kind() == MappingKind.DOORBELL
                && mapping.length > 1
                && mapping[1].startsWith("group:")) {
            for (ObjectEditor queue : state.all("queue", ObjectId.parse(mapping[1]).key() + ".")) {
                queue.clear(Belief.APPLICATION, "doorbell_page");
            }
        }
    }

    private static String mappingName(long va) {
        return "mmap_0x" + Long.toHexString(va);
    }

    private static void kick(StateBuilder state, KernelEvent.Kick kick) {
        Long gid = kick.gid();
        if (gid != null) {
            // What it does to the masks is told by an event of its own.
            state.known(ObjectId.of("group", gid))
                    .set(Belief.KERNEL, "last_kick", kick.branch())
                    .set(Belief.KERNEL, "last_kick_mask", kick.mask(), Unit.HEX);
        }
    }
}
