package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a reader of the events believes the lists to be: each move takes the group off one list and
/// puts it on another. Where lists are torn that is not what a walk finds, and the event has to say
/// so.
final class ToldLists {
    private final ListHeads heads;
    private final Map<String, List<String>> believed = new TreeMap<>();

    /// Whether some list may be torn, so that any move can change what any walk finds.
    private boolean torn;

    ToldLists(ListHeads heads) {
        this.heads = heads;
    }

    /// The lists of the tick are new.
    void tickBegins() {
        for (GroupListName name : List.of(GroupListName.TICK_OLD, GroupListName.TICK_NEW)) {
            for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
                believed(heads.of(name, priority)).clear();
            }
        }
    }

    /// Applies a move as a reader does.
    ///
    /// @return the lists that are something else, as `name=walk` separated by `; `, or null
    @Nullable String corrections(
            Group group,
            GroupListName from,
            GroupListName to,
            @Nullable Integer position,
            boolean doubleLinked) {
        String item = group.objectId();
        if (from != GroupListName.NONE && !doubleLinked) {
            believed(heads.of(from, group.priority())).remove(item);
        }
        if (to != GroupListName.NONE) {
            List<String> list = believed(heads.of(to, group.priority()));
            if (position == null) {
                list.remove(item);
                list.add(item);
            } else {
                list.add(Math.min(position, list.size()), item);
            }
        }
        torn |= doubleLinked;
        return torn ? compare() : null;
    }

    private @Nullable String compare() {
        List<String> corrections = new ArrayList<>();
        boolean sound = true;
        for (ListHead head : heads.all()) {
            String walk = ListHeads.text(ListHeads.walk(head));
            List<String> list = believed(head);
            if (!String.join(" ", list).equals(walk)) {
                corrections.add(head.name() + "=" + walk);
                list.clear();
                list.addAll(walk.isEmpty() ? List.of() : List.of(walk.split(" ", -1)));
            }
            sound &= isSound(head);
        }
        torn = !sound;
        return corrections.isEmpty() ? null : String.join("; ", corrections);
    }

    /// Whether both directions agree all the way round, and every group thinks to be there.
    private static boolean isSound(ListHead head) {
        List<ListHead> walk = ListHeads.walk(head);
        ListHead before = head;
        for (ListHead node : walk) {
            if (node.owner() == null || node.prev() != before) {
                return false;
            }
            before = node;
        }
        return head.prev() == before && before.next() == head;
    }

    private List<String> believed(ListHead head) {
        return believed.computeIfAbsent(head.name(), missing -> new ArrayList<>());
    }
}
