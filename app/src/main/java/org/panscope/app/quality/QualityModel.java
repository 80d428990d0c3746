package org.panscope.app.quality;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.PassOnDemand;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.capture.quality.CaptureQuality;

import java.util.List;

/// How far the open trace can be trusted. Reading it takes a pass over all events, which happens
/// when somebody looks for the first time.
public final class QualityModel {
    private final SessionModel session;
    private final ReadOnlyObjectWrapper<List<QualityLine>> lines =
            new ReadOnlyObjectWrapper<>(this, "lines", List.of());
    private final PassOnDemand<CaptureQuality> pass;

    public QualityModel(SessionModel session, Worker worker) {
        this.session = session;
        pass =
                new PassOnDemand<>(
                        session,
                        worker,
                        new PassOnDemand.Words("Reading the trace…", "Cannot read the trace"),
                        CaptureQuality::of,
                        (opened, result) -> lines.set(QualityLines.of(opened, result)));
        session.openedProperty().subscribe(this::traceChanged);
    }

    /// Whether somebody looks; only then a trace is read.
    public void setLookedAt(boolean now) {
        pass.setLookedAt(now);
    }

    /// Goes to the place of a line.
    ///
    /// @return false when it has none
    public boolean goTo(QualityLine line) {
        Long seq = line.seq();
        if (seq == null) {
            return false;
        }
        session.goToEvent(seq);
        return true;
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        lines.set(opened == null ? List.of() : QualityLines.of(opened, null));
        pass.traceChanged();
    }

    /// What there is to say, in the order it is shown; empty without a trace.
    public ReadOnlyObjectProperty<List<QualityLine>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /// Why not all lines are there yet, or empty.
    public ReadOnlyStringProperty messageProperty() {
        return pass.messageProperty();
    }
}
