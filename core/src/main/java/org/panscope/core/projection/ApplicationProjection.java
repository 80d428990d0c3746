package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.ioctl.PanthorFile;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What processes know of the queues they drive: what they stored and last loaded, and what is
/// behind their doorbell pages.
final class ApplicationProjection implements LiveView {
    private final PanthorDevice device;
    private final Supplier<List<UserProcess>> processes;

    ApplicationProjection(PanthorDevice device, Supplier<List<UserProcess>> processes) {
        this.device = device;
        this.processes = processes;
    }

    @Override
    public void project(Projection into) {
        SortedMap<Long, Group> groups = new TreeMap<>();
        LiveGroups.of(device).forEach(group -> groups.put(group.gid(), group));
        for (Group group : groups.values()) {
            doorbell(into, group);
        }
        for (PanthorFile file : device.files()) {
            if (file.isOpen()) {
                pages(into, file);
            }
        }
        for (UserProcess process : processes.get()) {
            for (UserSubmitQueue queue : process.submitQueues()) {
                if (groups.containsKey(queue.group().identity())) {
                    queue(into, queue);
                }
            }
        }
    }

    /// The page tables of a file's doorbell mappings.
    private void pages(Projection into, PanthorFile file) {
        Projection.Claims claims =
                into.object(ObjectId.of("file", file.fileId()))
                        .completeFrom(Belief.MEMORY, "doorbell_page_");
        device.doorbellPages(file.fileId())
                .forEach((va, page) ->
                        claims.is(Belief.MEMORY, "doorbell_page_0x" + Long.toHexString(va), page));
    }

    /// A group that lost its handle is not found behind its page any more.
    private void doorbell(Projection into, Group group) {
        String page =
                group.handle() == 0 || group.isDestroyed() ? null : device.doorbellPage(group);
        if (page != null) {
            for (int i = 0; i < group.queues().size(); i++) {
                into.object(ObjectId.queue(group.gid(), i))
                        .is(Belief.APPLICATION, "doorbell_page", page);
            }
        }
    }

    private static void queue(Projection into, UserSubmitQueue queue) {
        into.object(ObjectId.queue(queue.group().identity(), queue.index()))
                .isOrUnset(Belief.APPLICATION, "insert", queue.insert(), 0L)
                .is(Belief.APPLICATION, "written", queue.stored())
                .is(Belief.APPLICATION, "extract", queue.extractSeen())
                .is(Belief.APPLICATION, "active", queue.activeSeen());
    }
}
