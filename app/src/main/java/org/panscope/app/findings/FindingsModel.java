package org.panscope.app.findings;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.PassOnDemand;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.analysis.Analyzer;
import org.panscope.core.analysis.Verdict;

import java.util.List;

/// What the analyzer finds in the open trace. That takes a pass over all events, which happens when
/// somebody looks for the first time.
public final class FindingsModel {
    private final SessionModel session;
    private final ReadOnlyObjectWrapper<List<FindingLine>> lines =
            new ReadOnlyObjectWrapper<>(this, "lines", List.of());
    private final PassOnDemand<Verdict> pass;

    public FindingsModel(SessionModel session, Worker worker) {
        this.session = session;
        pass =
                new PassOnDemand<>(
                        session,
                        worker,
                        new PassOnDemand.Words("Judging the trace…", "Cannot judge the trace"),
                        Analyzer::analyze,
                        (opened, result) -> lines.set(FindingLines.of(opened.trace(), result)));
        session.openedProperty().subscribe(this::traceChanged);
    }

    /// Whether somebody looks; only then a trace is judged.
    public void setLookedAt(boolean now) {
        pass.setLookedAt(now);
    }

    /// Goes to the first event of a line.
    ///
    /// @return false when it has none
    public boolean goTo(FindingLine line) {
        Long seq = line.seq();
        if (seq == null) {
            return false;
        }
        session.goToEvent(seq);
        return true;
    }

    /// Goes to the next event that proves a line, behind the cursor; from the last one to the
    /// first.
    ///
    /// @return false when there is none
    public boolean goToNextProof(FindingLine line) {
        if (line.proof().isEmpty()) {
            return false;
        }
        long now = session.currentEvent();
        for (long seq : line.proof()) {
            if (seq > now) {
                session.goToEvent(seq);
                return true;
            }
        }
        session.goToEvent(line.proof().getFirst());
        return true;
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        lines.set(List.of());
        pass.traceChanged();
    }

    /// What there is to say, in the order it is shown; empty without a trace.
    public ReadOnlyObjectProperty<List<FindingLine>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /// Why the lines are not there yet, or empty.
    public ReadOnlyStringProperty messageProperty() {
        return pass.messageProperty();
    }
}
