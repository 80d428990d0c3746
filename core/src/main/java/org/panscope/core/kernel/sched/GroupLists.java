package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.ListNode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The lists a group's `run_node` and `wait_node` can be on, one of each name and priority; every
/// move is told.
///
/// A plain *add* of a node that is linked already corrupts a kernel list: the old list still leads
/// to the node, the node itself knows only the new list. So here: the group then stands on both
/// lists, and only the new one is left by a later move (user-submission RFC, "scheduled twice").
///
/// kernel: panthor_sched.c, sched->groups, struct panthor_sched_tick_ctx
public final class GroupLists {
    public static final int PRIORITIES = 4;

    private final KernelContext kernel;
    private final Map<GroupListName, List<List<Group>>> lists = new EnumMap<>(GroupListName.class);
    private final List<Group> waiting = new ArrayList<>();

    public GroupLists(KernelContext kernel) {
        this.kernel = kernel;
        for (GroupListName name : GroupListName.values()) {
            List<List<Group>> byPriority = new ArrayList<>();
            for (int i = 0; i < PRIORITIES; i++) {
                byPriority.add(new ArrayList<>());
            }
            lists.put(name, byPriority);
        }
    }

    /// A list, first to last.
    public List<Group> list(GroupListName name, int priority) {
        return List.copyOf(entries(name, priority));
    }

    public boolean isEmpty(GroupListName name, int priority) {
        return entries(name, priority).isEmpty();
    }

    /// Groups with a queue that waits for a sync object.
    public List<Group> waiting() {
        return List.copyOf(waiting);
    }

    /// `list_add_tail`: the caller believes the node to be free.
    void add(Group group, GroupListName to, String site) {
        link(group, to, entries(to, group.priority()).size(), isLinked(group), site);
    }

    /// `list_add`: to the head.
    void addFirst(Group group, GroupListName to, String site) {
        link(group, to, 0, isLinked(group), site);
    }

    /// `list_add_tail` in front of another node.
    void addBefore(Group group, GroupListName to, int position, String site) {
        link(group, to, position, isLinked(group), site);
    }

    /// `list_move_tail`.
    void move(Group group, GroupListName to, String site) {
        unlink(group);
        link(group, to, entries(to, group.priority()).size(), false, site);
    }

    /// `list_move`.
    void moveFirst(Group group, GroupListName to, String site) {
        unlink(group);
        link(group, to, 0, false, site);
    }

    /// `list_del_init` of the run_node.
    void remove(Group group, String site) {
        if (group.runList() != GroupListName.NONE) {
            unlink(group);
            told(group, GroupListName.NONE, null, false, site);
        }
    }

    void addWaiting(Group group, String site) {
        if (!group.isWaiting()) {
            int position = waiting.size();
            waiting.add(group);
            group.setWaiting(true);
            tell(
                    group,
                    ListNode.WAIT_NODE,
                    GroupListName.NONE,
                    GroupListName.WAITING,
                    position,
                    false,
                    site);
        }
    }

    /// `list_del_init` of the wait_node.
    void removeWaiting(Group group, String site) {
        if (group.isWaiting()) {
            waiting.remove(group);
            group.setWaiting(false);
            tell(
                    group,
                    ListNode.WAIT_NODE,
                    GroupListName.WAITING,
                    GroupListName.NONE,
                    null,
                    false,
                    site);
        }
    }

    private void unlink(Group group) {
        entries(group.runList(), group.priority()).remove(group);
    }

    private List<Group> entries(GroupListName name, int priority) {
        List<List<Group>> byPriority = lists.get(name);
        if (byPriority == null) {
            throw new IllegalArgumentException("list=" + name);
        }
        return byPriority.get(name == GroupListName.STOPPED ? 0 : priority);
    }

    private static boolean isLinked(Group group) {
        return group.runList() != GroupListName.NONE;
    }

    private void link(
            Group group, GroupListName to, int position, boolean doubleLinked, String site) {
        entries(to, group.priority()).add(position, group);
        told(group, to, position, doubleLinked, site);
    }

    private void told(
            Group group,
            GroupListName to,
            @Nullable Integer position,
            boolean doubleLinked,
            String site) {
        GroupListName from = group.runList();
        group.setRunList(to);
        tell(group, ListNode.RUN_NODE, from, to, position, doubleLinked, site);
    }

    private void tell(
            Group group,
            ListNode node,
            GroupListName from,
            GroupListName to,
            @Nullable Integer position,
            boolean doubleLinked,
            String site) {
        kernel.sim()
                .emit(
                        group.track(),
                        new GroupList(
                                group.gid(),
                                node,
                                from,
                                to,
                                group.priority(),
                                group.csgId(),
                                site,
                                position,
                                doubleLinked));
        kernel.spend(kernel.timings().listMoveNs());
    }
}
