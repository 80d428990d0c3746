package org.panscope.core.report.fences;

import java.util.List;

/// Gathers what some questions need, in one pass.
interface Collector {
    /// The next event.
    void add(Step step);

    /// What it came to.
    ///
    /// @param endNs time of the last event of the trace
    List<Answer> answers(long endNs);
}
