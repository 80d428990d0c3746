package org.panscope.app.session;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Runs long work away from the window and hands finished results back to it.
///
/// @param background where work runs
/// @param foreground where results arrive: the JavaFX thread, or the caller's in tests
public record Worker(Executor background, Executor foreground) {

    /// Something to compute.
    @FunctionalInterface
    public interface Work<T> {
        T compute() throws IOException;
    }

    /// Work and delivery at once, in the calling thread; for tests.
    public static Worker sameThread() {
        return new Worker(Runnable::run, Runnable::run);
    }

    /// Computes in the background, delivers in the foreground. Cancelled work delivers nothing.
    public <T> void run(Work<T> work, Consumer<T> done, Consumer<Exception> failed) {
        background.execute(() -> {
            T result;
            try {
                result = work.compute();
            } catch (CancellationException e) {
                return;
            } catch (IOException | RuntimeException e) {
                foreground.execute(() -> failed.accept(e));
                return;
            }
            foreground.execute(() -> done.accept(result));
        });
    }
}
