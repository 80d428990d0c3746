package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.sched.ListWalk.Misread;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.ListNode;

import java.util.ArrayList;
import java.util.List;

/// The lists a group's `run_node` and `wait_node` can be on, and the operations the driver uses on
/// them; every one is told.
///
/// Nothing here checks: a plain *add* of a node that is linked already leaves the old head leading
/// to a node that knows only the new list (user-submission RFC, "scheduled twice").
///
/// kernel: panthor_sched.c, sched->groups, sched->reset.stopped_groups, struct
/// panthor_sched_tick_ctx
public final class GroupLists {
    public static final int PRIORITIES = 4;

    private final KernelContext kernel;
    private final ListHeads heads = new ListHeads();
    private final ToldLists told = new ToldLists(heads);

    public GroupLists(KernelContext kernel) {
        this.kernel = kernel;
    }

    // ---- looking

    /// The groups a walk from a list's head comes past, first to last, until it is back or astray.
    public List<Group> list(GroupListName name, int priority) {
        return groups(heads.of(name, priority));
    }

    /// `list_empty`.
    public boolean isEmpty(GroupListName name, int priority) {
        return heads.of(name, priority).isEmpty();
    }

    /// Groups with a queue that waits for a sync object.
    public List<Group> waiting() {
        return groups(heads.of(GroupListName.WAITING, 0));
    }

    /// What a walk from a list's head finds: groups in order, and `>` with the name of what it
    /// strays to when it does not come back.
    public String walk(GroupListName name, int priority) {
        return ListHeads.text(ListHeads.walk(heads.of(name, priority)));
    }

    /// `list_for_each_entry_safe` of a body that only looks at groups that cannot run.
    Iterable<Group> each(GroupListName name, int priority, String site) {
        return () -> new ListWalk(kernel, heads.of(name, priority), site, Misread.SKIPPED);
    }

    /// `list_for_each_entry_safe` of a body that changes every group it comes to.
    Iterable<Group> eachChanged(GroupListName name, int priority, String site) {
        return () -> new ListWalk(kernel, heads.of(name, priority), site, Misread.WRITTEN);
    }

    private static List<Group> groups(ListHead head) {
        List<Group> groups = new ArrayList<>();
        for (ListHead node : ListHeads.walk(head)) {
            Group group = node.owner();
            if (group != null && !groups.contains(group)) {
                groups.add(group);
            }
        }
        return groups;
    }

    // ---- moving

    /// `INIT_LIST_HEAD` of the lists of a new tick. The `Tick begin` that follows tells of it.
    void initTickLists() {
        for (int priority = 0; priority < PRIORITIES; priority++) {
            heads.of(GroupListName.TICK_OLD, priority).init();
            heads.of(GroupListName.TICK_NEW, priority).init();
        }
        told.tickBegins();
    }

    /// `list_add_tail`: the caller believes the node to be free.
    void add(Group group, GroupListName to, String site) {
        boolean linked = !group.runNode().isEmpty();
        group.runNode().addBefore(heads.of(to, group.priority()));
        moved(group, to, linked, site);
    }

    /// `list_add`: to the head.
    void addFirst(Group group, GroupListName to, String site) {
        boolean linked = !group.runNode().isEmpty();
        group.runNode().addBehind(heads.of(to, group.priority()));
        moved(group, to, linked, site);
    }

    /// `list_add_tail` in front of the node of another group.
    void addBefore(Group group, Group other, GroupListName to, String site) {
        boolean linked = !group.runNode().isEmpty();
        group.runNode().addBefore(other.runNode());
        moved(group, to, linked, site);
    }

    /// `list_move_tail`.
    void move(Group group, GroupListName to, String site) {
        group.runNode().unlink();
        group.runNode().addBefore(heads.of(to, group.priority()));
        moved(group, to, false, site);
    }

    /// `list_move`.
    void moveFirst(Group group, GroupListName to, String site) {
        group.runNode().unlink();
        group.runNode().addBehind(heads.of(to, group.priority()));
        moved(group, to, false, site);
    }

    /// `list_del_init` of the run_node.
    void remove(Group group, String site) {
        if (group.runNode().isEmpty() && group.runList() == GroupListName.NONE) {
            return;
        }
        group.runNode().unlink();
        group.runNode().init();
        moved(group, GroupListName.NONE, false, site);
    }

    /// `list_move_tail` of the wait_node, unless it is on the list.
    void addWaiting(Group group, String site) {
        if (group.waitNode().isEmpty()) {
            group.waitNode().addBefore(heads.of(GroupListName.WAITING, 0));
            tell(group, ListNode.WAIT_NODE, GroupListName.NONE, GroupListName.WAITING, false, site);
        }
    }

    /// `list_del_init` of the wait_node.
    void removeWaiting(Group group, String site) {
        if (!group.waitNode().isEmpty()) {
            group.waitNode().unlink();
            group.waitNode().init();
            tell(group, ListNode.WAIT_NODE, GroupListName.WAITING, GroupListName.NONE, false, site);
        }
    }

    private void moved(Group group, GroupListName to, boolean doubleLinked, String site) {
        GroupListName from = group.runList();
        group.setRunList(to);
        tell(group, ListNode.RUN_NODE, from, to, doubleLinked, site);
    }

    private void tell(
            Group group,
            ListNode node,
            GroupListName from,
            GroupListName to,
            boolean doubleLinked,
            String site) {
        ListHead self = node == ListNode.RUN_NODE ? group.runNode() : group.waitNode();
        Integer position =
                to == GroupListName.NONE
                        ? null
                        : ListHeads.position(heads.of(to, group.priority()), self);
        String walks = told.corrections(group, from, to, position, doubleLinked);
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
                                doubleLinked,
                                walks));
        kernel.spend(kernel.timings().listMoveNs());
    }
}
