package org.panscope.app.explain;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Requests;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.core.explain.Explainer;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.Trace;

import java.util.List;

/// Why the object shown did not run or was not signalled when somebody asked. The answer stays
/// while its links are followed; asking again at another cursor replaces it.
public final class ExplainModel {
    private static final String HINT =
            "Choose an object, go to a moment and press E: why does it not run, or is not"
                    + " signalled?";

    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private final ReadOnlyObjectWrapper<List<ExplainLine>> lines =
            new ReadOnlyObjectWrapper<>(this, "lines", List.of());
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", HINT);

    public ExplainModel(SessionModel session, Worker worker) {
        this.session = session;
        this.worker = worker;
        session.openedProperty().subscribe(this::forget);
    }

    private void forget() {
        requests.next();
        lines.set(List.of());
        message.set(HINT);
    }

    /// Explains the object shown at the cursor.
    public void explain() {
        TraceDocument opened = session.opened();
        ObjectId object = session.objectProperty().get();
        if (opened == null || object == null) {
            message.set(HINT);
            return;
        }
        long request = requests.next();
        long position = session.position();
        String where = object + " at " + session.cursorText();
        Trace trace = opened.trace();
        lines.set(List.of());
        message.set("Reading the trace: " + where);
        worker.run(
                () -> ExplainLine.of(new Explainer(trace).at(position).explain(object), trace),
                answer -> {
                    if (requests.isLatest(request)) {
                        lines.set(answer);
                        message.set(where);
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        message.set("Cannot explain " + where + ": " + failure.getMessage());
                    }
                });
    }

    /// Goes to the event that proves a line.
    ///
    /// @return false when there is none
    public boolean goTo(ExplainLine line) {
        Long seq = line.seq();
        if (seq == null) {
            return false;
        }
        session.goToEvent(seq);
        return true;
    }

    /// The links of the answer, in the order of the chain.
    public ReadOnlyObjectProperty<List<ExplainLine>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /// What was asked, or why there is no answer.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
