package org.panscope.app.quality;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Requests;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.capture.quality.CaptureQuality;
import org.panscope.trace.io.Trace;

import java.util.List;
import java.util.concurrent.CancellationException;

/// How far the open trace can be trusted. Reading it takes a pass over all events, which happens
/// when somebody looks for the first time.
public final class QualityModel {
    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private final ReadOnlyObjectWrapper<List<QualityLine>> lines =
            new ReadOnlyObjectWrapper<>(this, "lines", List.of());
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private boolean isLookedAt;
    private @Nullable TraceDocument read;

    public QualityModel(SessionModel session, Worker worker) {
        this.session = session;
        this.worker = worker;
        session.openedProperty().subscribe(this::traceChanged);
    }

    /// Whether somebody looks; only then a trace is read.
    public void setLookedAt(boolean now) {
        isLookedAt = now;
        load();
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
        requests.next();
        read = null;
        message.set("");
        lines.set(opened == null ? List.of() : QualityLines.of(opened, null));
        load();
    }

    private void load() {
        TraceDocument opened = session.opened();
        if (opened == null || !isLookedAt || opened.equals(read)) {
            return;
        }
        read = opened;
        long request = requests.next();
        message.set("Reading the trace…");
        worker.run(
                () -> qualityOf(opened.trace(), request),
                quality -> {
                    if (requests.isLatest(request)) {
                        message.set("");
                        lines.set(QualityLines.of(opened, quality));
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        message.set("Cannot read the trace: " + failure.getMessage());
                    }
                });
    }

    private CaptureQuality qualityOf(Trace trace, long request) {
        return CaptureQuality.of(
                trace,
                done -> {
                    if (!requests.isLatest(request)) {
                        throw new CancellationException();
                    }
                });
    }

    /// What there is to say, in the order it is shown; empty without a trace.
    public ReadOnlyObjectProperty<List<QualityLine>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /// Why not all lines are there yet, or empty.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
