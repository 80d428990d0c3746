package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Trace;

import java.util.List;

/// What the analyzer found in a trace, for the table `findings`.
@FunctionalInterface
public interface FindingSource {
    /// No analyzer: the table is empty.
    FindingSource NONE = trace -> List.of();

    /// All findings, in order.
    List<FindingRow> findings(Trace trace);

    /// One finding.
    ///
    /// @param rule id of the rule, such as `I4`
    /// @param severity as `check` prints it
    /// @param fromSeq first event concerned
    /// @param toSeq last event concerned, or null
    /// @param objects ids of the objects concerned
    record FindingRow(
            String rule,
            String severity,
            long fromSeq,
            @Nullable Long toSeq,
            List<String> objects,
            String message) {
        public FindingRow {
            objects = List.copyOf(objects);
        }
    }
}
