package org.panscope.app.session;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.trace.io.Trace;

import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/// A pass over all events of the open trace that a panel needs. It is made off the window's thread
/// when somebody looks for the first time, and given up when another trace is opened.
///
/// @param <R> what the pass finds out
public final class PassOnDemand<R> {
    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private final Pass<R> pass;
    private final Words words;
    private final BiConsumer<TraceDocument, R> done;
    private boolean isLookedAt;
    private @Nullable TraceDocument read;

    /// The work.
    public interface Pass<R> {
        /// Reads every event.
        ///
        /// @param progress told now and then how many events have been read; throws to give up
        R over(Trace trace, LongConsumer progress);
    }

    /// What people read meanwhile, and before the reason when it fails.
    public record Words(String busy, String failed) {}

    /// @param done is given the result on the window's thread
    public PassOnDemand(
            SessionModel session,
            Worker worker,
            Words words,
            Pass<R> pass,
            BiConsumer<TraceDocument, R> done) {
        this.session = session;
        this.worker = worker;
        this.words = words;
        this.pass = pass;
        this.done = done;
    }

    /// Whether somebody looks; only then a pass is made.
    public void setLookedAt(boolean now) {
        isLookedAt = now;
        load();
    }

    /// Another trace is open, or none.
    public void traceChanged() {
        requests.next();
        read = null;
        message.set("");
        load();
    }

    private void load() {
        TraceDocument opened = session.opened();
        if (opened == null || !isLookedAt || opened.equals(read)) {
            return;
        }
        read = opened;
        long request = requests.next();
        message.set(words.busy());
        worker.run(
                () -> pass.over(opened.trace(), events -> requireLatest(request)),
                result -> {
                    if (requests.isLatest(request)) {
                        message.set("");
                        done.accept(opened, result);
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        message.set(words.failed() + ": " + failure.getMessage());
                    }
                });
    }

    private void requireLatest(long request) {
        if (!requests.isLatest(request)) {
            throw new CancellationException();
        }
    }

    /// Why the result is not there, or empty.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
