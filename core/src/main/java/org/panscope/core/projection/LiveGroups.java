package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupLists;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds the groups the driver knows: by handle, on a slot, or on one of the scheduler's lists.
/// Those without a reference are being freed, or were.
final class LiveGroups {
    private LiveGroups() {}

    static Collection<Group> of(PanthorDevice device) {
        Scheduler scheduler = device.scheduler();
        SortedMap<Long, Group> groups = new TreeMap<>();
        for (Group group : device.groups()) {
            groups.put(group.gid(), group);
        }
        for (GroupListName name : GroupListName.values()) {
            if (name == GroupListName.NONE) {
                continue;
            }
            for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
                for (Group group : scheduler.lists().list(name, priority)) {
                    groups.put(group.gid(), group);
                }
            }
        }
        for (Group group : scheduler.lists().waiting()) {
            groups.put(group.gid(), group);
        }
        groups.values().removeIf(group -> group.references() == 0);
        return groups.values();
    }
}
