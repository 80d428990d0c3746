package org.panscope.core.user;

import java.util.List;

/// A queue of a kernel-submit group as its owner drives it: GROUP_SUBMIT names a stream in GPU
/// memory, the kernel writes the ring.
public final class KernelSubmitQueue {
    private final GroupClient groups;
    private final UserGroup group;
    private final int index;

    public KernelSubmitQueue(DrmFile file, UserGroup group, int index) {
        this.groups = new GroupClient(file);
        this.group = group;
        this.index = index;
    }

    /// GROUP_SUBMIT of one job.
    ///
    /// @param streamVa where the GPU finds the stream; 0 for a job that only carries syncs
    /// @param streamBytes its length
    /// @param syncs what to wait for and to signal
    public int submit(long streamVa, int streamBytes, List<SyncWish> syncs) {
        return groups.submit(
                group.handle(), List.of(new StreamCall(index, streamVa, streamBytes, 0, syncs)));
    }
}
