package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// A `list_for_each_entry_safe` over groups: the entry behind the present one is remembered before
/// the body runs. On a sound list that is an iteration; on a torn one it strays as the kernel's
/// does, into another list's head and what lies behind it.
///
/// ASSUMPTION: kernel.misread_group: the head of another list taken for a group, and a group that
/// was freed, read as groups that cannot run; code that would write to them is skipped and told as
/// an oops.
///
/// ASSUMPTION: kernel.endless_walk: a walk that never comes back to its head ends after 1024 steps
/// and is told as a soft lockup; the kernel would stay in it.
final class ListWalk implements Iterator<Group> {
    private static final int MAX_STEPS = 1024;

    /// What the body of the loop does with a group that cannot run.
    enum Misread {
        /// Looks at it and goes on.
        SKIPPED,
        /// Would change it.
        WRITTEN
    }

    private final KernelContext kernel;
    private final ListHead head;
    private final String site;
    private final Misread misread;
    private ListHead position;
    private ListHead ahead;
    private int steps;
    private @Nullable Group found;

    ListWalk(KernelContext kernel, ListHead head, String site, Misread misread) {
        this.kernel = kernel;
        this.head = head;
        this.site = site;
        this.misread = misread;
        position = head.next();
        ahead = position.next();
    }

    @Override
    public boolean hasNext() {
        while (found == null && position != head) {
            if (++steps > MAX_STEPS) {
                kernel.oops(site, "soft lockup: the walk of " + head + " never comes back to it");
                position = head;
                return false;
            }
            Group group = position.owner();
            if (group != null && !group.isFreed()) {
                found = group;
            } else {
                strayed(position);
            }
            position = ahead;
            ahead = ahead.next();
        }
        return found != null;
    }

    @Override
    public Group next() {
        if (!hasNext()) {
            throw new NoSuchElementException(head.toString());
        }
        Group group = found;
        found = null;
        if (group == null) {
            throw new IllegalStateException("walk of " + head + " lost its group");
        }
        return group;
    }

    private void strayed(ListHead where) {
        boolean freed = where.owner() != null;
        if (misread == Misread.WRITTEN || freed) {
            kernel.oops(
                    site,
                    freed
                            ? "use after free of " + where + " on " + head
                            : "head of " + where + " taken for a group on " + head);
        }
    }
}
