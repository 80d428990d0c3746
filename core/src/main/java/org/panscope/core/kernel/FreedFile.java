package org.panscope.core.kernel;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.ioctl.PanthorFile;
import org.panscope.core.kernel.sched.Group;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.XgsEvent.RecheckCause;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.util.List;

/// The memory of a `panthor_file` after it was freed, which a group that is still on its slot goes
/// on pointing to (R7): nothing, or what a process that opened the device later put there.
///
/// RFC patches 2/8 and 6/8: panthor_group.pfile, panthor_postclose
final class FreedFile {
    private final KernelContext kernel;
    private final List<PanthorFile> files;
    private final Group group;

    /// @param files every file ever opened, in order
    /// @param group whose file was closed
    FreedFile(KernelContext kernel, List<PanthorFile> files, Group group) {
        this.kernel = kernel;
        this.files = files;
        this.group = group;
    }

    /// `panthor_xgs_queue_pool_recheck` of the dangling pointer: the pointer to the pool reads as
    /// NULL, unless the allocator gave the memory to another file.
    void recheck(RecheckCause cause) {
        PanthorFile other = openedLater();
        if (other != null && kernel.sim().choose("kernel.freed_file_reused", 2) == 1) {
            other.xgsQueues().recheck(cause, group.gid());
            return;
        }
        PanthorFile closed = files.get(group.fileId() - 1);
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new XgsRecheck(closed.fileId(), cause, group.gid(), 0, true));
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new KernelEvent.Warn(
                                WarnKind.OOPS,
                                "panthor_xgs_queue_pool_recheck",
                                "NULL pointer dereference: file:"
                                        + closed.fileId()
                                        + " of group:"
                                        + group.gid()
                                        + " is closed, its pool of XGS queues freed"));
    }

    private @Nullable PanthorFile openedLater() {
        PanthorFile closed = files.get(group.fileId() - 1);
        for (PanthorFile file : files) {
            if (!file.xgsQueues().isDestroyed() && file.openedNs() >= closed.closedNs()) {
                return file;
            }
        }
        return null;
    }
}
