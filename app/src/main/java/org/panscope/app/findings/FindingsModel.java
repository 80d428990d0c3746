package org.panscope.app.findings;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Requests;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.analysis.Analyzer;
import org.panscope.core.analysis.Verdict;
import org.panscope.trace.io.Trace;

import java.util.List;
import java.util.concurrent.CancellationException;

/// What the analyzer finds in the open trace. That takes a pass over all events, which happens when
/// somebody looks for the first time.
public final class FindingsModel {
    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private final ReadOnlyObjectWrapper<List<FindingLine>> lines =
            new ReadOnlyObjectWrapper<>(this, "lines", List.of());
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private boolean isLookedAt;
    private @Nullable TraceDocument judged;

    public FindingsModel(SessionModel session, Worker worker) {
        this.session = session;
        this.worker = worker;
        session.openedProperty().subscribe(this::traceChanged);
    }

    /// Whether somebody looks; only then a trace is judged.
    public void setLookedAt(boolean now) {
        isLookedAt = now;
        load();
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
        requests.next();
        judged = null;
        message.set("");
        lines.set(List.of());
        load();
    }

    private void load() {
        TraceDocument opened = session.opened();
        if (opened == null || !isLookedAt || opened.equals(judged)) {
            return;
        }
        judged = opened;
        long request = requests.next();
        message.set("Judging the trace…");
        worker.run(
                () -> verdictOf(opened.trace(), request),
                verdict -> {
                    if (requests.isLatest(request)) {
                        message.set("");
                        lines.set(FindingLines.of(opened.trace(), verdict));
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        message.set("Cannot judge the trace: " + failure.getMessage());
                    }
                });
    }

    private Verdict verdictOf(Trace trace, long request) {
        return Analyzer.analyze(
                trace,
                done -> {
                    if (!requests.isLatest(request)) {
                        throw new CancellationException();
                    }
                });
    }

    /// What there is to say, in the order it is shown; empty without a trace.
    public ReadOnlyObjectProperty<List<FindingLine>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /// Why the lines are not there yet, or empty.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
