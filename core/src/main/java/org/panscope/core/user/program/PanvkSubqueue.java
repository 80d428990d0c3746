package org.panscope.core.user.program;

/// The three queues of a group that one VkQueue of panvk consists of.
///
/// Mesa: src/panfrost/vulkan/csf/panvk_queue.h, enum panvk_subqueue_id
enum PanvkSubqueue {
    VERTEX_TILER(0),
    FRAGMENT(1),
    COMPUTE(2);

    private static final int SYNC_OBJECT_BYTES = 16;
    private static final int FIRST_PROGRESS_PAIR = 84;

    private final int queue;

    PanvkSubqueue(int queue) {
        this.queue = queue;
    }

    /// Index of its queue in the group.
    int queue() {
        return queue;
    }

    /// Where its sync object lies in the array of them.
    int syncOffset() {
        return queue * SYNC_OBJECT_BYTES;
    }

    /// Register pair in which every subqueue counts this one's sync points.
    int progressPair() {
        return FIRST_PROGRESS_PAIR + 2 * queue;
    }
}
