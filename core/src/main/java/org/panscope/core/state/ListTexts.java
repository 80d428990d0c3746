package org.panscope.core.state;

import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.List;

/// The scheduler's lists as texts of the device: the groups a walk from the head finds, and `>`
/// with what it strays to when the list is torn.
final class ListTexts {
    private static final int PRIORITIES = 4;
    private static final String NEXT_LIST = "; ";

    private ListTexts() {}

    /// Takes a group off one list and puts it on another, then corrects what came out otherwise.
    static void move(ObjectEditor device, GroupList move, String item) {
        boolean staysLinked = Boolean.TRUE.equals(move.doubleLinked());
        if (move.from() != GroupListName.NONE && !staysLinked) {
            String from = name(move.from(), move.priority());
            set(device, from, TextList.without(device.text(Belief.KERNEL, from), item));
        }
        if (move.to() != GroupListName.NONE) {
            String to = name(move.to(), move.priority());
            String before = device.text(Belief.KERNEL, to);
            Integer position = move.position();
            set(
                    device,
                    to,
                    position == null
                            ? TextList.addLast(before, item)
                            : TextList.insert(before, position, item));
        }
        String walks = move.walks();
        if (walks != null) {
            for (String walk : walks.split(NEXT_LIST, -1)) {
                int equals = walk.indexOf('=');
                if (equals > 0) {
                    set(device, walk.substring(0, equals), walk.substring(equals + 1));
                }
            }
        }
    }

    /// The lists of the tick are new and empty.
    static void tickBegins(ObjectEditor device) {
        for (GroupListName list : List.of(GroupListName.TICK_OLD, GroupListName.TICK_NEW)) {
            for (int priority = 0; priority < PRIORITIES; priority++) {
                if (!device.text(Belief.KERNEL, name(list, priority)).isEmpty()) {
                    set(device, name(list, priority), "");
                }
            }
        }
    }

    private static void set(ObjectEditor device, String list, String text) {
        device.set(Belief.KERNEL, list, text);
    }

    private static String name(GroupListName list, int priority) {
        return switch (list) {
            case IDLE, RUNNABLE, TICK_OLD, TICK_NEW -> list.label() + "_" + priority;
            case NONE, STOPPED, WAITING -> list.label();
        };
    }
}
