package org.panscope.app.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Progress;

import java.io.Console;
import java.util.Objects;

/// A progress bar on standard error while long work goes on: only on a terminal, and only once the
/// work has proved to be long.
final class ConsoleProgress implements Progress, AutoCloseable {
    private static final long SHORT_WORK_BYTES = 4L << 20;
    private static final int UPDATE_MILLIS = 200;

    private final String task;
    private @Nullable ProgressBar bar;

    ConsoleProgress(String task) {
        this.task = task;
    }

    @Override
    public void advance(long doneBytes, long totalBytes) {
        if (bar == null
                && doneBytes > 0
                && Math.max(totalBytes, doneBytes) > SHORT_WORK_BYTES
                && onTerminal()) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName(task)
                            .setInitialMax(totalBytes)
                            .setUnit(" MB", 1 << 20)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(UPDATE_MILLIS)
                            .build();
        }
        if (bar != null) {
            bar.stepTo(doneBytes);
        }
    }

    private static boolean onTerminal() {
        Console console = System.console();
        return Objects.nonNull(console) && console.isTerminal();
    }

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
