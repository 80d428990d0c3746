package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The heads of the scheduler's lists, and what can be seen of a list from its head.
final class ListHeads {
    private final Map<GroupListName, List<ListHead>> heads = new EnumMap<>(GroupListName.class);
    private final List<ListHead> all = new ArrayList<>();

    ListHeads() {
        for (GroupListName name : GroupListName.values()) {
            List<ListHead> ofName = new ArrayList<>();
            int count =
                    switch (name) {
                        case IDLE, RUNNABLE, TICK_OLD, TICK_NEW -> GroupLists.PRIORITIES;
                        case STOPPED, WAITING -> 1;
                        case NONE -> 0;
                    };
            for (int i = 0; i < count; i++) {
                ofName.add(ListHead.head(name.label() + (count == 1 ? "" : "_" + i)));
            }
            heads.put(name, ofName);
            all.addAll(ofName);
        }
    }

    /// All of them, in a fixed order.
    List<ListHead> all() {
        return all;
    }

    /// @param priority ignored for lists that hold every priority
    ListHead of(GroupListName name, int priority) {
        List<ListHead> ofName = heads.get(name);
        if (ofName == null || ofName.isEmpty()) {
            throw new IllegalArgumentException("list=" + name);
        }
        return ofName.get(ofName.size() == 1 ? 0 : priority);
    }

    /// The nodes a walk comes to, without the head; the last one is where it strays to, a head or a
    /// node it has come past already, when it does not come back.
    static List<ListHead> walk(ListHead head) {
        List<ListHead> seen = new ArrayList<>();
        for (ListHead node = head.next(); node != head; node = node.next()) {
            boolean astray = node.owner() == null || seen.contains(node);
            seen.add(node);
            if (astray) {
                break;
            }
        }
        return seen;
    }

    /// `group:1 group:3`, or `group:1 >tick_old_1` when it strays.
    static String text(List<ListHead> walk) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < walk.size(); i++) {
            ListHead node = walk.get(i);
            boolean astray = node.owner() == null || walk.indexOf(node) < i;
            text.append(i == 0 ? "" : " ").append(astray ? ">" : "").append(node.name());
        }
        return text.toString();
    }

    /// Place of a node on a list; null when a walk does not come to it.
    static @Nullable Integer position(ListHead head, ListHead node) {
        int position = walk(head).indexOf(node);
        return position < 0 ? null : (Integer) position;
    }
}
