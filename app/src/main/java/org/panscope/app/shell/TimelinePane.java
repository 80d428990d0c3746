package org.panscope.app.shell;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.panscope.app.findings.FindingLine;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Requests;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.app.theme.Formats;
import org.panscope.app.theme.Theme;
import org.panscope.app.timeline.TimelineMarks;
import org.panscope.app.timeline.TimelineModel;
import org.panscope.app.timeline.TimelineView;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;

/// The timeline within the window: built away from the window for each trace, then tied to the
/// session's cursor in both directions.
final class TimelinePane {
    private static final double ZOOM = 1.25;
    private static final double PAN_SHARE = 0.1;

    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private final TimelineModel model = new TimelineModel();
    private final TimelineView view = new TimelineView(model);
    private final Label message = new Label();
    private final StackPane root = new StackPane(message, view);
    private final ReadOnlyStringWrapper selection =
            new ReadOnlyStringWrapper(this, "selection", "");

    TimelinePane(SessionModel session, Worker worker) {
        this.session = session;
        this.worker = worker;
        root.setMinSize(0, 0);
        view.setId("timeline");
        view.setVisible(false);
        view.setOnCursor(session::goToEvent);
        message.setId("timelineMessage");
        model.addListener(this::selectionChanged);
        session.openedProperty().subscribe(this::traceChanged);
        session.positionProperty().subscribe(this::followCursor);
    }

    Node root() {
        return root;
    }

    void setTheme(Theme theme) {
        view.setTheme(theme);
    }

    /// Marks on the ruler what was found.
    void showFindings(List<FindingLine> lines) {
        List<TimelineMarks.FindingMark> marks = new ArrayList<>();
        for (FindingLine line : lines) {
            if (line.seq() != null) {
                marks.add(
                        new TimelineMarks.FindingMark(
                                line.timeNs(), line.kind() == FindingLine.Kind.ERROR));
            }
        }
        marks.sort(Comparator.comparingLong(TimelineMarks.FindingMark::timeNs));
        view.setFindings(marks);
    }

    void zoom(boolean in) {
        model.setViewport(
                model.viewport().zoomAt(model.viewport().width() / 2.0, in ? 1 / ZOOM : ZOOM));
    }

    void pan(int direction) {
        model.setViewport(model.viewport().panBy(direction * PAN_SHARE * model.viewport().width()));
    }

    void fitAll() {
        model.fitAll();
    }

    void fitSelection() {
        model.fitSelection();
    }

    /// Length of the selected range as text, empty when nothing is selected.
    ReadOnlyStringProperty selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        long request = requests.next();
        view.setVisible(false);
        if (opened == null) {
            message.setText("");
            return;
        }
        Trace trace = opened.trace();
        message.setText("Building the timeline…");
        worker.run(
                () -> build(trace, request),
                timeline -> {
                    if (requests.isLatest(request)) {
                        message.setText("");
                        model.setTimeline(timeline);
                        view.setVisible(true);
                        followCursor();
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        message.setText("No timeline: " + failure.getMessage());
                    }
                });
    }

    private Timeline build(Trace trace, long request) {
        return TimelineBuilder.build(
                trace,
                done -> {
                    if (!requests.isLatest(request)) {
                        throw new CancellationException();
                    }
                });
    }

    private void followCursor() {
        TraceDocument opened = session.opened();
        long seq = session.currentEvent();
        if (opened != null && seq >= 0 && view.isVisible()) {
            view.setCursor(seq, opened.trace().timeNs(seq));
        }
    }

    private void selectionChanged() {
        long lengthNs = model.selectionToNs() - model.selectionFromNs();
        selection.set(lengthNs == 0 ? "" : "selected " + Formats.duration(lengthNs));
    }
}
