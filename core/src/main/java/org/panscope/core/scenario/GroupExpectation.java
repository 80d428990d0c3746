package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.sched.Group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Compares what became of a group with what a scenario expects: what GROUP_GET_STATE would answer,
/// and the driver's state of the group.
///
/// kernel: panthor_sched.c: panthor_group_get_state
final class GroupExpectation {
    static final List<String> FLAGS = List.of("timedout", "fatal_fault", "innocent");

    private GroupExpectation() {}

    /// What is wrong with a group, or null.
    ///
    /// @param expected of the shape [ScenarioShapes#GROUP_END]
    /// @param group null when it was never made or is gone
    static @Nullable String complaint(Values expected, @Nullable Group group) {
        String name = "group \"" + expected.text("group") + "\"";
        if (group == null) {
            return name + " does not exist at the end of the run";
        }
        List<String> wrong = new ArrayList<>();
        if (expected.has("flags")) {
            compare(
                    wrong,
                    "flags",
                    flags(group),
                    expected.texts("flags").stream().sorted().toList());
        }
        if (expected.has("fatal_queues")) {
            compare(
                    wrong,
                    "fatal_queues",
                    group.fatalQueues(),
                    expected.integer("fatal_queues", 0));
        }
        if (expected.has("state")) {
            String state = group.state().name().toLowerCase(Locale.ROOT);
            compare(wrong, "state", state, expected.text("state"));
        }
        return wrong.isEmpty() ? null : name + " ended with " + String.join(", ", wrong);
    }

    private static void compare(List<String> wrong, String what, Object got, Object expected) {
        if (!got.equals(expected)) {
            wrong.add(what + " " + got + ", expected " + expected);
        }
    }

    /// As in the answer of GROUP_GET_STATE, sorted.
    private static List<String> flags(Group group) {
        List<String> flags = new ArrayList<>();
        if (group.fatalQueues() != 0) {
            flags.add("fatal_fault");
        }
        if (group.isInnocent()) {
            flags.add("innocent");
        }
        if (group.isTimedOut()) {
            flags.add("timedout");
        }
        return flags;
    }
}
