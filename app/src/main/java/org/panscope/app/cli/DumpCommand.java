package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.EventFilter;
import org.panscope.core.filter.EventPredicate;
import org.panscope.core.filter.FilterException;
import org.panscope.core.input.OpenedTrace;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `panscope dump`: events as text, JSON Lines or CSV.
@Command(name = "dump", description = "Prints events.")
final class DumpCommand implements Callable<Integer> {
    /// Shapes an event can be printed in.
    enum Format {
        TEXT,
        JSONL,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Mixin private TimeWindow window = new TimeWindow();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description =
                    "Only events for which this holds, such as 'type == DB_RING && gid == 1'.")
    private @Nullable String where;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (OpenedTrace opened = input.open()) {
            Trace trace = opened.trace();
            checkWindow(trace);
            EventPredicate wanted = wanted(trace);
            EventPrinter printer = EventPrinter.of(format, trace, out);
            printer.begin();
            long end = window.endSeq(trace);
            EventCursor cursor = trace.cursor(window.firstSeq(trace));
            while (cursor.next() && cursor.seq() < end && !out.checkError()) {
                if (wanted.test(cursor)) {
                    printer.print(cursor);
                }
            }
        }
        return 0;
    }

    private void checkWindow(Trace trace) {
        try {
            window.check(trace);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private EventPredicate wanted(Trace trace) {
        if (where == null) {
            return cursor -> true;
        }
        try {
            return EventFilter.parse(where).compile(trace);
        } catch (FilterException e) {
            throw new ParameterException(spec.commandLine(), "--where, " + e.describe(), e);
        }
    }
}
