package org.panscope.core.projection;

import org.panscope.core.kernel.sched.CsgSlot;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupLists;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds the groups the scheduler knows: on a slot or on one of its lists.
final class LiveGroups {
    private LiveGroups() {}

    static Collection<Group> of(Scheduler scheduler) {
        SortedMap<Long, Group> groups = new TreeMap<>();
        for (CsgSlot slot : scheduler.slots()) {
            Group group = slot.group();
            if (group != null) {
                groups.put(group.gid(), group);
            }
        }
        for (GroupListName name : GroupListName.values()) {
            for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
                for (Group group : scheduler.lists().list(name, priority)) {
                    groups.put(group.gid(), group);
                }
            }
        }
        for (Group group : scheduler.lists().waiting()) {
            groups.put(group.gid(), group);
        }
        return groups.values();
    }
}
