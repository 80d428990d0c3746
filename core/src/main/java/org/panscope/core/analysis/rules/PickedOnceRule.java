package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.Tick;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// I2. The symptom the authors of the series saw: one group scheduled twice.
final class PickedOnceRule extends Rule {
    private final Map<Long, Long> picked = new LinkedHashMap<>();
    private final Map<Long, Long> again = new LinkedHashMap<>();
    private boolean isComplete;

    PickedOnceRule() {
        super(
                new RuleInfo(
                        "I2",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A tick picks a group at most once; its group count is the number of groups"
                                + " picked, and no more than there are CSG slots.",
                        List.of(Tick.class),
                        "the number of slots, where the firmware interface was not recorded"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        Tick tick = (Tick) moment.event();
        Long gid = tick.gid();
        switch (tick.phase()) {
            case BEGIN -> {
                picked.clear();
                again.clear();
                isComplete = true;
            }
            case PICK -> {
                if (gid != null && picked.putIfAbsent(gid, moment.seq()) != null) {
                    again.putIfAbsent(gid, moment.seq());
                }
            }
            case END -> ended(tick, moment, machine);
            default -> {}
        }
    }

    private void ended(Tick tick, Moment moment, Machine machine) {
        if (!isComplete) {
            return;
        }
        isComplete = false;
        if (!again.isEmpty()) {
            List<ObjectId> groups = new ArrayList<>();
            TreeSet<Long> proof = new TreeSet<>();
            again.forEach((gid, seq) -> {
                groups.add(ObjectId.of("group", gid));
                proof.add(picked.getOrDefault(gid, seq));
                proof.add(seq);
            });
            report(
                    groups,
                    "one tick picked "
                            + (again.size() == 1 ? "group " : "groups ")
                            + Texts.list(again.keySet())
                            + " twice and counted "
                            + tick.groupCount()
                            + " groups, of "
                            + picked.size()
                            + " there were.",
                    proof.stream().mapToLong(Long::longValue).toArray());
        } else if (tick.groupCount() != picked.size()) {
            report(
                    List.of(),
                    "a tick picked "
                            + picked.size()
                            + " groups and counted "
                            + tick.groupCount()
                            + ".",
                    moment.seq());
        } else if (machine.slotCount > 0 && tick.groupCount() > machine.slotCount) {
            report(
                    List.of(),
                    "a tick picked "
                            + tick.groupCount()
                            + " groups for "
                            + machine.slotCount
                            + " CSG slots.",
                    moment.seq());
        }
    }
}
