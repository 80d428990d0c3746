package org.panscope.core.sql.derived;

import org.panscope.core.analysis.Analyzer;
import org.panscope.core.analysis.Finding;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;

/// The findings of the analyzer's rules.
public final class AnalyzerFindings implements FindingSource {
    @Override
    public List<FindingRow> findings(Trace trace) {
        List<FindingRow> rows = new ArrayList<>();
        for (Finding finding : Analyzer.analyze(trace).findings()) {
            rows.add(
                    new FindingRow(
                            finding.rule(),
                            finding.severity().letter(),
                            finding.fromSeq(),
                            finding.toSeq(),
                            finding.objects().stream().map(ObjectId::toString).toList(),
                            finding.message()));
        }
        return rows;
    }
}
