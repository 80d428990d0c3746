package org.panscope.app.shell;

import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.SessionModel;
import org.panscope.app.theme.Formats;
import org.panscope.trace.io.Trace;
import org.panscope.trace.quality.Loss;

import java.util.List;

/// One line of facts: file, place in the trace, selection, losses.
final class StatusBarView {
    private final HBox bar = new HBox();
    private final SessionModel session;
    private final Label file = label("statusFile");
    private final Label place = label("statusPlace");
    private final Label selection = label("statusSelection");
    private final Label span = label("statusSpan");
    private final Label losses = label("statusLosses");
    private final Tooltip lossDetails = new Tooltip();

    /// @param showQuality opens the panel that tells more of what was lost
    StatusBarView(SessionModel session, Runnable showQuality) {
        this.session = session;
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        bar.setId("statusBar");
        bar.getStyleClass().add("status-bar-line");
        bar.getChildren().addAll(file, place, selection, gap, span, losses);
        losses.setTooltip(lossDetails);
        losses.setCursor(Cursor.HAND);
        losses.setOnMouseClicked(event -> showQuality.run());
        session.openedProperty().subscribe(this::traceChanged);
        session.positionProperty().subscribe(this::moved);
    }

    Node root() {
        return bar;
    }

    /// Shows the length of the range selected on the timeline; empty text for none.
    void showSelection(String text) {
        selection.setText(text);
    }

    private static Label label(String id) {
        Label label = new Label();
        label.setId(id);
        return label;
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        if (opened == null) {
            file.setText("No trace open");
            span.setText("");
            losses.setText("");
        } else {
            Trace trace = opened.trace();
            file.setText(opened.name() + "  (" + opened.format() + ")");
            span.setText(
                    "whole trace " + Formats.duration(trace.lastTimeNs() - trace.firstTimeNs()));
            showLosses(trace.losses());
        }
        moved();
    }

    private void moved() {
        place.setText(
                session.opened() == null
                        ? ""
                        : "event "
                                + Formats.grouped(session.position())
                                + " of "
                                + Formats.grouped(session.eventCount()));
    }

    private void showLosses(List<Loss> all) {
        long counted = 0;
        boolean isMore = false;
        for (Loss loss : all) {
            Long count = loss.count();
            if (count == null) {
                isMore = true;
            } else {
                counted += count;
            }
        }
        losses.getStyleClass().remove("problem");
        if (all.isEmpty()) {
            losses.setText("nothing lost");
            lossDetails.setText("The source reports no lost events.");
            return;
        }
        losses.getStyleClass().add("problem");
        losses.setText(
                "⚠ " + (isMore ? "at least " : "") + Formats.grouped(counted) + " events lost");
        lossDetails.setText(String.join("\n", all.stream().limit(12).map(Loss::message).toList()));
    }
}
