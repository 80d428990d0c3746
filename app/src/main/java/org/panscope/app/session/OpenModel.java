package org.panscope.app.session;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.OpenProgress;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.open.TraceOpener;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/// Opening a file: what is being opened, how far it is, and why it failed.
public final class OpenModel {
    /// OpenProgress value for work of unknown length, as progress bars understand it.
    private static final double UNKNOWN = -1;

    private final Worker worker;
    private final TraceOpener opener;
    private final Consumer<TraceDocument> opened;
    private final Requests requests = new Requests();
    private final ReadOnlyBooleanWrapper isOpening = new ReadOnlyBooleanWrapper(this, "isOpening");
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper(this, "step", "");
    private final ReadOnlyDoubleWrapper fraction =
            new ReadOnlyDoubleWrapper(this, "fraction", UNKNOWN);
    private final ReadOnlyObjectWrapper<@Nullable OpenFailure> failure =
            new ReadOnlyObjectWrapper<>(this, "failure");

    /// Why a file could not be opened.
    ///
    /// @param path the file
    /// @param cause what happened; its message names offset or line where known
    public record OpenFailure(Path path, Exception cause) {}

    /// @param opened receives each trace opened, in the foreground
    public OpenModel(Worker worker, TraceOpener opener, Consumer<TraceDocument> opened) {
        this.worker = worker;
        this.opener = opener;
        this.opened = opened;
    }

    /// Opens a file; a file still being opened is given up.
    public void open(Path path) {
        long request = requests.next();
        failure.set(null);
        fraction.set(UNKNOWN);
        step.set("Opening " + path.getFileName());
        isOpening.set(true);
        OpenProgress progress = new RequestProgress(request);
        worker.run(
                () -> {
                    TraceDocument trace = opener.open(path, progress);
                    if (progress.isCancelled()) {
                        trace.close();
                        throw new CancellationException();
                    }
                    return trace;
                },
                trace -> {
                    if (requests.isLatest(request)) {
                        isOpening.set(false);
                        opened.accept(trace);
                    } else {
                        trace.close();
                    }
                },
                cause -> {
                    if (requests.isLatest(request)) {
                        isOpening.set(false);
                        failure.set(new OpenFailure(path, cause));
                    }
                });
    }

    /// Gives up the file being opened.
    public void cancel() {
        requests.next();
        isOpening.set(false);
    }

    public ReadOnlyBooleanProperty isOpeningProperty() {
        return isOpening.getReadOnlyProperty();
    }

    /// What is being done now.
    public ReadOnlyStringProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Part done, 0 to 1, or negative when unknown.
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /// Why the last attempt failed, or null.
    public ReadOnlyObjectProperty<@Nullable OpenFailure> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    private final class RequestProgress implements OpenProgress {
        private static final int STEPS = 200;

        private final long request;
        private volatile String lastStep = "";
        private volatile int lastPart = -1;

        RequestProgress(long request) {
            this.request = request;
        }

        /// Passes on only what a person could see change, whatever the worker reports.
        @Override
        public void report(String what, long done, long total) {
            int part = total <= 0 ? -1 : (int) (STEPS * (double) done / total);
            if (part == lastPart && what.equals(lastStep)) {
                return;
            }
            lastPart = part;
            lastStep = what;
            worker.foreground()
                    .execute(() -> {
                        if (requests.isLatest(request)) {
                            step.set(what);
                            fraction.set(part < 0 ? UNKNOWN : (double) part / STEPS);
                        }
                    });
        }

        @Override
        public boolean isCancelled() {
            return !requests.isLatest(request);
        }
    }
}
