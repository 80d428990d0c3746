package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

/// One step of a thread.
///
/// @param args its keys
record Step(StepKind kind, Values args) {
    /// Stands in `in` for the scenario without a variant.
    static final String AS_WRITTEN = "as-written";

    static final String IN_ABOUT =
            "variants that have this step, or `as-written`; all of them when absent";

    /// Whether it is done.
    ///
    /// @param variant what runs, null for the scenario without a variant
    boolean isIn(@Nullable String variant) {
        return !args.has("in") || args.texts("in").contains(variant == null ? AS_WRITTEN : variant);
    }
}
