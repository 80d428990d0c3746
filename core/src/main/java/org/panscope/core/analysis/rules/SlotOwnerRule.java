package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.List;
import java.util.Map;

/// I3. Slots and groups name each other.
final class SlotOwnerRule extends Rule {
    SlotOwnerRule() {
        super(
                new RuleInfo(
                        "I3",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A CSG slot holds a group exactly while that group says it is on that"
                                + " slot.",
                        List.of(Bind.class, Unbind.class, GroupList.class),
                        "slots, where neither binds nor list moves were recorded"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case Bind bind when bind.result() == 0 -> bound(bind, moment, machine);
            case Unbind unbind when unbind.result() == 0 -> unbound(unbind, moment, machine);
            case GroupList list -> told(list, moment, machine);
            default -> {}
        }
    }

    private void bound(Bind bind, Moment moment, Machine machine) {
        for (GroupFacts other : machine.groups()) {
            if (other.gid != bind.gid() && other.slot == bind.slot()) {
                report(
                        List.of(ObjectId.of("slot", bind.slot()), other.id()),
                        "group "
                                + bind.gid()
                                + " was bound to slot "
                                + bind.slot()
                                + ", which group "
                                + other.gid
                                + " had not left.",
                        moment.seq());
                other.slot = -1;
            }
        }
        for (Map.Entry<Integer, Long> slot : machine.slots.entrySet()) {
            if (slot.getValue() == bind.gid() && slot.getKey() != bind.slot()) {
                report(
                        List.of(ObjectId.of("group", bind.gid())),
                        "group "
                                + bind.gid()
                                + " was bound to slot "
                                + bind.slot()
                                + " while slot "
                                + slot.getKey()
                                + " still held it.",
                        moment.seq());
            }
        }
    }

    private void unbound(Unbind unbind, Moment moment, Machine machine) {
        Long holder = machine.slots.get(unbind.slot());
        if (holder != null && holder != unbind.gid()) {
            report(
                    List.of(ObjectId.of("slot", unbind.slot())),
                    "group "
                            + unbind.gid()
                            + " was unbound from slot "
                            + unbind.slot()
                            + ", which held group "
                            + holder
                            + ".",
                    moment.seq());
        }
    }

    private void told(GroupList list, Moment moment, Machine machine) {
        GroupFacts group = machine.group(list.gid());
        if (group != null && group.isCreationSeen && group.slot != list.csgId()) {
            report(
                    List.of(group.id()),
                    list.site()
                            + " took group "
                            + group.gid
                            + " for being "
                            + place(list.csgId())
                            + "; it was "
                            + place(group.slot)
                            + ".",
                    moment.seq());
        }
    }

    private static String place(int slot) {
        return slot < 0 ? "off slot" : "on slot " + slot;
    }
}
