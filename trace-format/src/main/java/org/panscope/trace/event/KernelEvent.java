package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// What the panthor driver does for its callers: ioctls, groups and queues, mappings, eventfds.
public sealed interface KernelEvent extends TraceEvent {

    /// Steps of GROUP_CREATE, in order.
    enum CreateStep implements Labelled {
        ALLOC,
        PUBLISHED,
        HANDLE_SET,
        LINKED,
        RETURNED
    }

    /// What a user mapping shows.
    enum MappingKind implements Labelled {
        RING,
        USER_IO,
        DOORBELL,
        FLUSH_ID,
        BO
    }

    /// What a doorbell page fault installed.
    enum FaultPage implements Labelled {
        REAL,
        DUMMY,
        SIGBUS
    }

    /// Why doorbell mappings were removed.
    enum ZapCause implements Labelled {
        BIND,
        UNBIND,
        SUSPEND,
        RESUME,
        UNPLUG
    }

    /// Which way GROUP_KICK went.
    enum KickBranch implements Labelled {
        NO_GROUP,
        DOORBELL,
        SCHEDULE,
        DEAD,
        BLOCKED,
        RESET,
        NEEDS_JOB
    }

    /// Why a group was terminated.
    enum TermReason implements Labelled {
        FATAL,
        TIMEOUT,
        DESTROYED
    }

    /// Whether the emulated kernel only complained or died.
    enum WarnKind implements Labelled {
        WARN,
        OOPS,
        LOG
    }

    @EventType(
            id = 0x0201,
            layer = Layer.KERNEL,
            doc = "An ioctl entered the driver.",
            source = "panthor_drv.c: panthor_drm_driver_ioctls")
    record IoctlEnter(
            @Field(value = Unit.HEX, doc = "full request code") long request,
            @Field(value = Unit.NONE, doc = "name of the ioctl, without the driver prefix")
                    String name,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "which header numbers the ioctl: rfc-usersubmit-v1, mainline,"
                                            + " drm")
                    String dialect,
            @Field(Unit.ID) int fileId,
            @Field(value = Unit.NONE, doc = "argument struct as passed in") byte[] args)
            implements KernelEvent {}

    @EventType(
            id = 0x0202,
            layer = Layer.KERNEL,
            doc = "An ioctl returned.",
            source = "panthor_drv.c: panthor_drm_driver_ioctls")
    record IoctlExit(
            @Field(Unit.HEX) long request,
            @Field(Unit.NONE) String name,
            @Field(Unit.ID) int fileId,
            @Field(value = Unit.NONE, doc = "argument struct as copied back") byte[] args,
            @Field(value = Unit.ERRNO, doc = "0 or a negated errno") int ret)
            implements KernelEvent {}

    @EventType(
            id = 0x0203,
            layer = Layer.KERNEL,
            doc = "A step of creating a group was done.",
            source = "panthor_sched.c: panthor_group_create; RFC patch 2/8")
    record GroupCreateStep(
            @Field(value = Unit.ID, doc = "identity of the group, never reused") long gid,
            @Field(value = Unit.ID, doc = "handle in its file, from step `published` on")
                    @Nullable Integer handle,
            @Field(Unit.NONE) CreateStep step,
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) @Nullable Integer vmId,
            @Field(Unit.NONE) @Nullable Boolean userSubmit,
            @Field(value = Unit.INDEX, doc = "0 LOW, 1 MEDIUM, 2 HIGH, 3 REALTIME")
                    @Nullable Integer priority,
            @Field(Unit.COUNT) int queueCount,
            @Field(Unit.NONE) @Nullable Boolean hasEventfd)
            implements KernelEvent {}

    @EventType(
            id = 0x0204,
            layer = Layer.KERNEL,
            doc = "A queue of a group was created.",
            source = "panthor_sched.c: group_create_queue")
    record QueueCreated(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(Unit.INDEX) @Nullable Integer priority,
            @Field(Unit.GPU_VA) long ringVa,
            @Field(Unit.BYTES) long ringSize,
            @Field(value = Unit.ID, doc = "buffer object of the ring") @Nullable Integer ringBo,
            @Field(value = Unit.ID, doc = "buffer object of the input and output pages")
                    @Nullable Integer ioBo,
            @Field(value = Unit.GPU_VA, doc = "MCU address of the input page")
                    @Nullable Long inputVa,
            @Field(value = Unit.GPU_VA, doc = "MCU address of the output page")
                    @Nullable Long outputVa,
            @Field(value = Unit.ID, doc = "dma-fence context of the job done fences")
                    @Nullable Long fenceContext,
            @Field(
                            value = Unit.GPU_VA,
                            doc = "kernel sync object of the queue; absent for user-submit groups")
                    @Nullable Long syncVa,
            @Field(Unit.FILE_OFFSET) @Nullable Long ringOffset,
            @Field(Unit.FILE_OFFSET) @Nullable Long userIoOffset,
            @Field(Unit.FILE_OFFSET) @Nullable Long doorbellOffset)
            implements KernelEvent {}

    @EventType(
            id = 0x0205,
            layer = Layer.KERNEL,
            doc = "A group lost its handle and is to be torn down.",
            source = "panthor_sched.c: panthor_group_destroy")
    record GroupDestroy(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int csgId,
            @Field(Unit.NONE) boolean fileOpen)
            implements KernelEvent {}

    @EventType(
            id = 0x0206,
            layer = Layer.KERNEL,
            doc = "The last reference of a group was dropped and its memory freed.",
            source = "panthor_sched.c: group_release_work")
    record GroupRelease(@Field(Unit.ID) long gid, @Field(Unit.NONE) boolean fileOpen)
            implements KernelEvent {}

    @EventType(
            id = 0x0207,
            layer = Layer.KERNEL,
            doc = "A process mapped something of the device file.",
            source = "panthor_drv.c: panthor_mmap; RFC patches 2/8 and 3/8")
    record Mmap(
            @Field(Unit.NONE) MappingKind kind,
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.INDEX) @Nullable Integer queue,
            @Field(value = Unit.ID, doc = "buffer object, where one is mapped")
                    @Nullable Integer bo,
            @Field(Unit.FILE_OFFSET) long offset,
            @Field(Unit.BYTES) long length,
            @Field(value = Unit.NONE, doc = "r, w, x in any combination") String prot,
            @Field(Unit.USER_VA) @Nullable Long va,
            @Field(Unit.ERRNO) int ret)
            implements KernelEvent {}

    @EventType(
            id = 0x0208,
            layer = Layer.KERNEL,
            doc = "A process unmapped something of the device file.",
            source = "panthor_drv.c: panthor_mmap")
    record Munmap(
            @Field(Unit.NONE) MappingKind kind,
            @Field(Unit.ID) int fileId,
            @Field(Unit.USER_VA) long va)
            implements KernelEvent {}

    @EventType(
            id = 0x0209,
            layer = Layer.KERNEL,
            doc = "A touched doorbell mapping was resolved to a page.",
            source = "RFC patch 3/8: panthor_mmio_vm_fault")
    record DbFault(
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) int handle,
            @Field(value = Unit.ID, doc = "group the handle named; absent when the lookup failed")
                    @Nullable Long gid,
            @Field(value = Unit.INDEX, doc = "255 when the group was off slot") int doorbellId,
            @Field(Unit.NONE) FaultPage page,
            @Field(
                            value = Unit.NS,
                            doc =
                                    "when the doorbell id was read; the event's time is when the"
                                            + " pfn was inserted")
                    long idReadNs,
            @Field(value = Unit.USER_VA, doc = "page touched") @Nullable Long va)
            implements KernelEvent {

        /// A fault of which nobody saw the address.
        public DbFault(
                int fileId,
                int handle,
                @Nullable Long gid,
                int doorbellId,
                FaultPage page,
                long idReadNs) {
            this(fileId, handle, gid, doorbellId, page, idReadNs, null);
        }
    }

    @EventType(
            id = 0x020a,
            layer = Layer.KERNEL,
            doc = "Doorbell mappings were removed from the page tables of processes.",
            source =
                    "RFC patch 3/8: unmap_mapping_range in group_bind_locked and"
                            + " group_unbind_locked")
    record DbZap(
            @Field(Unit.NONE) ZapCause cause,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.FILE_OFFSET) long offset,
            @Field(value = Unit.BYTES, doc = "0 means to the end of the file") long length,
            @Field(Unit.COUNT) int ptes,
            @Field(value = Unit.COUNT, doc = "of these, in files other than the group's")
                    int foreignPtes,
            @Field(
                            value = Unit.ID,
                            doc =
                                    "the only file whose mappings were removed; absent = of every"
                                            + " file")
                    @Nullable Integer onlyFile)
            implements KernelEvent {

        /// Removes from every file.
        public DbZap(
                ZapCause cause,
                @Nullable Long gid,
                long offset,
                long length,
                int ptes,
                int foreignPtes) {
            this(cause, gid, offset, length, ptes, foreignPtes, null);
        }
    }

    @EventType(
            id = 0x020b,
            layer = Layer.KERNEL,
            doc = "GROUP_KICK chose what to do.",
            source = "RFC patch 4/8: panthor_sched_kick")
    record Kick(
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.ID) int handle,
            @Field(Unit.HEX) long mask,
            @Field(value = Unit.NONE, doc = "absent when only the call was observed")
                    @Nullable KickBranch branch,
            @Field(Unit.NONE) @Nullable Boolean wasIdle,
            @Field(value = Unit.HEX, doc = "idle queues before") @Nullable Long idleBefore,
            @Field(value = Unit.HEX, doc = "idle queues after") @Nullable Long idleAfter)
            implements KernelEvent {}

    @EventType(
            id = 0x020c,
            layer = Layer.KERNEL,
            doc = "The counter of an eventfd changed.",
            source = "fs/eventfd.c: eventfd_signal; RFC patch 7/8")
    record Eventfd(
            @Field(value = Unit.NONE, doc = "object the eventfd belongs to, as an object id")
                    String owner,
            @Field(Unit.ID) int eventfd,
            @Field(Unit.COUNT) long before,
            @Field(Unit.COUNT) long after)
            implements KernelEvent {}

    @EventType(
            id = 0x020d,
            layer = Layer.KERNEL,
            doc = "The SYNC_UPDATE ioctl told the kernel that a sync object changed.",
            source = "RFC patch 8/8")
    record SyncUpdate(
            @Field(Unit.ID) int fileId,
            @Field(value = Unit.NONE, doc = "whether the device was in use")
                    @Nullable Boolean pmInUse,
            @Field(Unit.NONE) @Nullable Boolean doorbellWritten,
            @Field(Unit.NONE) @Nullable Boolean workQueued)
            implements KernelEvent {}

    @EventType(
            id = 0x020e,
            layer = Layer.KERNEL,
            doc = "A group was terminated and its debts settled.",
            source = "panthor_sched.c: group_term_post_processing")
    record Term(
            @Field(Unit.ID) long gid,
            @Field(Unit.NONE) TermReason reason,
            @Field(Unit.COUNT) int jobsErrored,
            @Field(Unit.COUNT) int syncobjsWritten)
            implements KernelEvent {}

    @EventType(
            id = 0x020f,
            layer = Layer.KERNEL,
            doc = "The kernel logged a warning or died.",
            source = "WARN(), drm_warn(), drm_err() at the named site")
    record Warn(
            @Field(Unit.NONE) WarnKind kind,
            @Field(Unit.NONE) String site,
            @Field(Unit.NONE) String text)
            implements KernelEvent {}

    @EventType(
            id = 0x0210,
            layer = Layer.KERNEL,
            doc = "A process opened the device file.",
            source = "panthor_drv.c: panthor_open")
    record FileOpen(
            @Field(Unit.ID) int fileId,
            @Field(value = Unit.ID, doc = "drm client id") int clientId,
            @Field(Unit.NONE) String process)
            implements KernelEvent {}

    @EventType(
            id = 0x0211,
            layer = Layer.KERNEL,
            doc = "The device file was closed.",
            source = "panthor_drv.c: panthor_postclose")
    record FileClose(@Field(Unit.ID) int fileId) implements KernelEvent {}

    @EventType(
            id = 0x0212,
            layer = Layer.KERNEL,
            doc =
                    "Memory was allocated, or a reservation lock taken, on the way to signalling a"
                            + " fence.",
            source = "Documentation/driver-api/dma-buf.rst: dma-fence cross-driver contract")
    record AllocInSignal(
            @Field(Unit.ID) @Nullable Long job,
            @Field(Unit.NONE) String site,
            @Field(Unit.NONE) String kind,
            @Field(Unit.BYTES) long size)
            implements KernelEvent {}

    @EventType(
            id = 0x0230,
            layer = Layer.KERNEL,
            doc = "A process was sent a signal that ends it.",
            source = "kernel/signal.c: complete_signal")
    record ProcessKill(@Field(Unit.NONE) String process, @Field(Unit.COUNT) int signal)
            implements KernelEvent {}

    @EventType(
            id = 0x0231,
            layer = Layer.KERNEL,
            doc =
                    "The last thread of a process is gone, with its mappings and descriptors; what"
                            + " it had opened is closed.",
            source = "kernel/exit.c: do_exit, exit_mm, exit_files")
    record ProcessExit(@Field(Unit.NONE) String process) implements KernelEvent {}
}
