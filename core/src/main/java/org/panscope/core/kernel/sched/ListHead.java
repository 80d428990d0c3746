package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;

/// A `struct list_head`: the head of a list, or the node by which a group is on one. The operations
/// are those of a kernel without `CONFIG_DEBUG_LIST`: none looks whether what it is told is true,
/// so adding a node that is linked already tears two lists apart just as it does there.
///
/// kernel: include/linux/list.h
final class ListHead {
    private final @Nullable Group owner;
    private final String name;
    private ListHead next = this;
    private ListHead prev = this;

    private ListHead(@Nullable Group owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    /// Head of a list.
    static ListHead head(String name) {
        return new ListHead(null, name);
    }

    /// A group's `run_node` or `wait_node`.
    static ListHead node(Group owner) {
        return new ListHead(owner, owner.objectId());
    }

    /// The group it is a node of; null for the head of a list.
    @Nullable Group owner() {
        return owner;
    }

    /// `idle_1` of a head, `group:3` of a node.
    String name() {
        return name;
    }

    ListHead next() {
        return next;
    }

    ListHead prev() {
        return prev;
    }

    /// `INIT_LIST_HEAD`.
    void init() {
        next = this;
        prev = this;
    }

    /// `list_empty`: of a node, whether it is on no list as far as it knows itself.
    boolean isEmpty() {
        return next == this;
    }

    /// `list_add`: behind `head`.
    void addBehind(ListHead head) {
        insert(head, head.next);
    }

    /// `list_add_tail`: in front of `head`, which is the end of its list.
    void addBefore(ListHead head) {
        insert(head.prev, head);
    }

    /// `__list_del_entry`: its own pointers keep what they were.
    void unlink() {
        next.prev = prev;
        prev.next = next;
    }

    private void insert(ListHead before, ListHead after) {
        after.prev = this;
        next = after;
        prev = before;
        before.next = this;
    }

    @Override
    public String toString() {
        return name;
    }
}
