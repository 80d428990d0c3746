package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// How a run ended.
///
/// @param reason `idle`, `waiting`, `time-limit`, `stopped` or `failed`, as in the RUN_END event
/// @param endNs virtual time of the end
/// @param events number of events recorded, RUN_END included
/// @param unseed the number that is equal for equal runs, or null when the source of choices has
///   none
/// @param failures steps that did not go as the scenario says, one sentence each; empty when the
///   run shows what it should
public record ScenarioResult(
        String reason, long endNs, long events, @Nullable Long unseed, List<String> failures) {
    public ScenarioResult {
        failures = List.copyOf(failures);
    }

    public boolean isAsExpected() {
        return failures.isEmpty();
    }
}
