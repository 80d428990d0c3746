package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.schema.Unit;

import java.util.Map;

/// Buffer objects, address spaces and stored bytes.
final class MemoryReducer {
    /// Label of the memory driver and firmware share. Its words are told by name ([FwInterfaces]),
    /// not as bytes, so its bytes are not known.
    private static final String FW_SECTION = "FW section";

    private MemoryReducer() {}

    static void apply(StateBuilder state, MemoryEvent event) {
        switch (event) {
            case MemoryEvent.BoCreate bo -> {
                state.create(ObjectId.of("bo", bo.bo()))
                        .set(Belief.KERNEL, "handle", bo.handle(), Unit.ID)
                        .set(Belief.KERNEL, "file", bo.fileId(), Unit.ID)
                        .set(Belief.KERNEL, "handles", handles(bo))
                        .set(Belief.KERNEL, "size", bo.size(), Unit.BYTES)
                        .set(Belief.KERNEL, "label", bo.label());
                state.createBo(bo.bo(), bo.size());
                if (bo.label().equals(FW_SECTION)) {
                    state.forgetBo(bo.bo());
                }
            }
            case MemoryEvent.BoDestroy bo -> {
                state.destroy(ObjectId.of("bo", bo.bo()));
                state.destroyBo(bo.bo());
            }
            case MemoryEvent.VmCreate vm ->
                    state.create(ObjectId.of("vm", vm.vmId()))
                            .set(Belief.KERNEL, "handle", vm.handle(), Unit.ID)
                            .set(Belief.KERNEL, "file", vm.fileId(), Unit.ID)
                            .set(Belief.KERNEL, "user_va_range", vm.userVaRange(), Unit.GPU_VA);
            case MemoryEvent.BoHandle handle ->
                    state.known(ObjectId.of("bo", handle.bo()))
                            .set(Belief.KERNEL, "handles", handle.handles());
            case MemoryEvent.Reclaim reclaim -> reclaim(state, reclaim);
            case MemoryEvent.BoLabel label ->
                    state.known(ObjectId.of("bo", label.bo()))
                            .set(Belief.KERNEL, "label", label.label());
            case MemoryEvent.VmBindJob job -> VmBindReducer.apply(state, job);
            case MemoryEvent.VmUnusable vm ->
                    state.known(ObjectId.of("vm", vm.vmId()))
                            .set(Belief.KERNEL, "unusable", true)
                            .set(Belief.KERNEL, "error", vm.error(), Unit.ERRNO);
            case MemoryEvent.VmDestroy vm ->
                    state.known(ObjectId.of("vm", vm.vmId())).set(Belief.KERNEL, "destroyed", true);
            case MemoryEvent.VmFree vm -> {
                state.destroy(ObjectId.of("vm", vm.vmId()));
                state.setSpace(vm.vmId(), null);
                for (ObjectEditor sync : state.all("sync", vm.vmId() + "@")) {
                    state.remove(sync.id());
                }
            }
            case MemoryEvent.VmMap map -> {
                Long boOffset = map.boOffset();
                remap(
                        state,
                        map.vmId(),
                        state.space(map.vmId())
                                .map(
                                        new AddressSpace.Mapping(
                                                map.va(),
                                                map.size(),
                                                boOffset == null ? null : map.bo(),
                                                boOffset == null ? 0 : boOffset,
                                                map.flags())));
            }
            case MemoryEvent.VmUnmap unmap ->
                    remap(
                            state,
                            unmap.vmId(),
                            state.space(unmap.vmId()).unmap(unmap.va(), unmap.size()));
            case MemoryEvent.MemWrite write -> {
                state.known(ObjectId.of("bo", write.bo()))
                        .set(Belief.MEMORY, "last_writer", write.by());
                state.write(write.bo(), write.offset(), write.data());
            }
        }
    }

    private static void reclaim(StateBuilder state, MemoryEvent.Reclaim reclaim) {
        Integer bo = reclaim.bo();
        if (bo == null) {
            return;
        }
        ObjectEditor object = state.known(ObjectId.of("bo", bo));
        switch (reclaim.step()) {
            case WAIT_FENCE -> object.set(Belief.KERNEL, "reclaim_waits_for", reclaim.fence());
            case EVICT ->
                    object.clear(Belief.KERNEL, "reclaim_waits_for")
                            .set(Belief.KERNEL, "evicted", true);
            case RESTORE -> object.set(Belief.KERNEL, "evicted", false);
            case BEGIN, END -> {}
        }
    }

    private static @Nullable String handles(MemoryEvent.BoCreate bo) {
        return bo.handle() == null || bo.fileId() == null ? null : bo.fileId() + "." + bo.handle();
    }

    /// Shows the address space as quantities of its VM, one for each mapping.
    private static void remap(StateBuilder state, int vmId, AddressSpace after) {
        ObjectEditor vm = state.known(ObjectId.of("vm", vmId));
        Map<Long, AddressSpace.Mapping> before = state.space(vmId).mappings();
        state.setSpace(vmId, after);
        before.forEach((key, mapping) -> {
            if (!mapping.equals(after.mappings().get(key))) {
                vm.clear(Belief.KERNEL, name(mapping));
            }
        });
        after.mappings()
                .forEach((key, mapping) -> {
                    if (!mapping.equals(before.get(key))) {
                        vm.set(Belief.KERNEL, name(mapping), text(mapping));
                    }
                });
        SyncObjects.placeAgain(state, vmId);
    }

    private static String name(AddressSpace.Mapping mapping) {
        return "map_0x" + Long.toHexString(mapping.va());
    }

    private static String text(AddressSpace.Mapping mapping) {
        Integer bo = mapping.bo();
        Long flags = mapping.flags();
        return "0x"
                + Long.toHexString(mapping.sizeBytes())
                + (bo == null ? "" : " bo:" + bo + "+0x" + Long.toHexString(mapping.boOffset()))
                + (flags == null ? "" : " flags 0x" + Long.toHexString(flags));
    }
}
