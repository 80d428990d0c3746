package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// Buffer objects, address spaces and the bytes in them that no narrower event tells of.
public sealed interface MemoryEvent extends TraceEvent {

    /// Who stored bytes.
    enum MemoryWriter implements Labelled {
        USER,
        KERNEL,
        FIRMWARE,
        GPU
    }

    /// What happens to the handles of a buffer object.
    enum BoHandleStep implements Labelled {
        IMPORT,
        EXPORT,
        CLOSE
    }

    /// What happens when memory is short.
    enum ReclaimStep implements Labelled {
        BEGIN,
        WAIT_FENCE,
        EVICT,
        RESTORE,
        END
    }

    /// What an operation of VM_BIND does.
    enum BindOp implements Labelled {
        MAP,
        UNMAP,
        SYNC_ONLY
    }

    @EventType(
            id = 0x0801,
            layer = Layer.MEMORY,
            doc = "A buffer object was created; its bytes are zero.",
            source = "panthor_gem.c: panthor_gem_create_with_handle, panthor_kernel_bo_create")
    record BoCreate(
            @Field(value = Unit.ID, doc = "identity, never reused") int bo,
            @Field(value = Unit.ID, doc = "handle in its file; absent for a kernel BO")
                    @Nullable Integer handle,
            @Field(Unit.ID) @Nullable Integer fileId,
            @Field(Unit.BYTES) long size,
            @Field(Unit.NONE) String label)
            implements MemoryEvent {}

    @EventType(
            id = 0x0802,
            layer = Layer.MEMORY,
            doc = "A buffer object was freed.",
            source = "panthor_gem.c: panthor_gem_free_object")
    record BoDestroy(@Field(Unit.ID) int bo) implements MemoryEvent {}

    @EventType(
            id = 0x0803,
            layer = Layer.MEMORY,
            doc = "A GPU address space was created.",
            source = "panthor_mmu.c: panthor_vm_pool_create_vm")
    record VmCreate(
            @Field(value = Unit.ID, doc = "identity, never reused") int vmId,
            @Field(value = Unit.ID, doc = "handle in its file; absent for the MCU's VM")
                    @Nullable Integer handle,
            @Field(Unit.ID) @Nullable Integer fileId,
            @Field(Unit.GPU_VA) long userVaRange)
            implements MemoryEvent {}

    @EventType(
            id = 0x0804,
            layer = Layer.MEMORY,
            doc = "A GPU address space was destroyed.",
            source = "panthor_mmu.c: panthor_vm_destroy")
    record VmDestroy(@Field(Unit.ID) int vmId) implements MemoryEvent {}

    @EventType(
            id = 0x0805,
            layer = Layer.MEMORY,
            doc = "Part of a buffer object was mapped into a GPU address space.",
            source = "panthor_mmu.c: panthor_vm_map_pages")
    record VmMap(
            @Field(Unit.ID) int vmId,
            @Field(Unit.GPU_VA) long va,
            @Field(Unit.BYTES) long size,
            @Field(Unit.ID) @Nullable Integer bo,
            @Field(value = Unit.BYTES, doc = "absent with `bo`") @Nullable Long boOffset,
            @Field(value = Unit.HEX, doc = "DRM_PANTHOR_VM_BIND_OP_MAP_* flags")
                    @Nullable Long flags)
            implements MemoryEvent {}

    @EventType(
            id = 0x0806,
            layer = Layer.MEMORY,
            doc = "A range of a GPU address space was unmapped.",
            source = "panthor_mmu.c: panthor_vm_unmap_pages")
    record VmUnmap(
            @Field(Unit.ID) int vmId, @Field(Unit.GPU_VA) long va, @Field(Unit.BYTES) long size)
            implements MemoryEvent {}

    @EventType(
            id = 0x0807,
            layer = Layer.MEMORY,
            doc = "Bytes of a buffer object were stored that no other event describes.",
            source = "any CPU or GPU store")
    record MemWrite(
            @Field(Unit.ID) int bo,
            @Field(Unit.BYTES) long offset,
            @Field(Unit.NONE) byte[] data,
            @Field(Unit.NONE) MemoryWriter by)
            implements MemoryEvent {}

    @EventType(
            id = 0x0808,
            layer = Layer.MEMORY,
            doc = "A file got or lost a handle of a buffer object, or a dma-buf of it was made.",
            source = "drivers/gpu/drm/drm_prime.c; drm_gem.c: drm_gem_handle_delete")
    record BoHandle(
            @Field(Unit.NONE) BoHandleStep step,
            @Field(Unit.ID) int bo,
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) int handle,
            @Field(value = Unit.NONE, doc = "FILE.HANDLE of all its handles afterwards")
                    String handles)
            implements MemoryEvent {}

    @EventType(
            id = 0x0809,
            layer = Layer.MEMORY,
            doc = "A buffer object got another label.",
            source = "panthor_drv.c: panthor_ioctl_bo_set_label")
    record BoLabel(
            @Field(Unit.ID) int bo,
            @Field(value = Unit.NONE, doc = "empty when it was taken away") String label)
            implements MemoryEvent {}

    @EventType(
            id = 0x080a,
            layer = Layer.KERNEL,
            doc = "An operation of an asynchronous VM_BIND took a step from the ioctl to its end.",
            source = "panthor_mmu.c: panthor_vm_bind_job_create, panthor_vm_bind_run_job")
    record VmBindJob(
            @Field(value = Unit.ID, doc = "identity of the job, never reused") long job,
            @Field(Unit.ID) int vmId,
            @Field(Unit.NONE) SchedEvent.JobStep step,
            @Field(Unit.NONE) BindOp op,
            @Field(Unit.GPU_VA) long va,
            @Field(Unit.BYTES) long size,
            @Field(Unit.ID) @Nullable Integer bo,
            @Field(Unit.BYTES) long boOffset,
            @Field(value = Unit.HEX, doc = "DRM_PANTHOR_VM_BIND_OP_MAP_* flags") long flags,
            @Field(value = Unit.NONE, doc = "finished fence, as an object id, from step `armed` on")
                    @Nullable String finished,
            @Field(value = Unit.NONE, doc = "dependency this step is about, as an object id")
                    @Nullable String fence,
            @Field(Unit.ERRNO) int error)
            implements MemoryEvent {}

    @EventType(
            id = 0x080b,
            layer = Layer.MEMORY,
            doc = "An asynchronous VM_BIND failed: the address space cannot be used any more.",
            source = "panthor_mmu.c: panthor_vm_exec_op")
    record VmUnusable(@Field(Unit.ID) int vmId, @Field(Unit.ERRNO) int error)
            implements MemoryEvent {}

    @EventType(
            id = 0x080c,
            layer = Layer.MEMORY,
            doc = "Nobody holds a destroyed address space any more.",
            source = "panthor_mmu.c: panthor_vm_free")
    record VmFree(@Field(Unit.ID) int vmId) implements MemoryEvent {}

    @EventType(
            id = 0x080d,
            layer = Layer.MEMORY,
            doc =
                    "Memory is short: somebody who allocates takes pages away from buffer objects,"
                            + " or one gets its pages back.",
            source = "drivers/gpu/drm/drm_gem.c: drm_gem_lru_scan; panthor's shrinker of 2026")
    record Reclaim(
            @Field(Unit.NONE) ReclaimStep step,
            @Field(value = Unit.BYTES, doc = "asked for, or taken or given back") long size,
            @Field(value = Unit.ID, doc = "object concerned") @Nullable Integer bo,
            @Field(value = Unit.NONE, doc = "fence waited for, as an object id")
                    @Nullable String fence)
            implements MemoryEvent {}
}
