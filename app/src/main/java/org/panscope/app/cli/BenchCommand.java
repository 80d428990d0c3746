package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.bench.TraceBench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `panscope bench`: the figures this project quotes, measured here and now.
@Command(
        name = "bench",
        description = "Measures speed and size on this machine.",
        subcommands = {
            BenchCommand.TraceFormat.class,
            BenchCommand.Emulator.class,
            BenchCommand.Import.class,
            BenchCommand.Check.class,
            BenchCommand.Query.class
        })
final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "a benchmark is needed; panscope bench --help lists them");
    }

    /// `panscope bench trace`: writing and reading the container.
    @Command(
            name = "trace",
            description = "Writes and reads synthetic traces and prints speed, size and memory.")
    static final class TraceFormat implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--events",
                paramLabel = "N",
                description = "Trace sizes (default: 1000000 and 10000000).")
        private List<Long> sizes = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            for (long size : sizes) {
                if (size <= 0) {
                    throw new ParameterException(
                            spec.commandLine(), "--events " + size + ": at least 1");
                }
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(machine());
            Path folder = Files.createTempDirectory("panscope-bench");
            try {
                for (long size : sizes.isEmpty() ? List.of(1_000_000L, 10_000_000L) : sizes) {
                    out.println(TraceBench.run(size, folder).describe());
                    out.flush();
                }
            } finally {
                Files.deleteIfExists(folder);
            }
            return 0;
        }
    }

    /// What is measured in a folder that is deleted afterwards.
    private interface Measurement {
        /// All figures, one a line.
        String in(Path folder) throws IOException;
    }

    private static int measure(CommandSpec spec, Measurement measurement) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(machine());
        Path folder = Files.createTempDirectory("panscope-bench");
        try {
            out.print(measurement.in(folder));
            out.flush();
        } finally {
            Files.deleteIfExists(folder);
        }
        return 0;
    }

    /// `panscope bench emulator`: emulating and recording.
    @Command(
            name = "emulator",
            description =
                    "Records a long emulated run as `record` does, on one thread, and prints"
                            + " events and instructions per second.")
    static final class Emulator implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--batches",
                paramLabel = "N",
                description =
                        "Batches each of the three processes submits (default: ${DEFAULT-VALUE}).")
        private int batches = 10_000;

        @Override
        public Integer call() throws IOException {
            if (batches <= 0 || batches > EmulatorBench.MAX_BATCHES) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--batches " + batches + ": 1 to " + EmulatorBench.MAX_BATCHES);
            }
            return measure(spec, folder -> EmulatorBench.run(batches, folder).describe());
        }
    }

    /// `panscope bench check`: the analyzer's rules.
    @Command(
            name = "check",
            description =
                    "Judges a long emulated run by every rule and prints how long that took and"
                            + " how much heap it needed.")
    static final class Check implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--events",
                paramLabel = "N",
                description = "Events in the run, at least (default: ${DEFAULT-VALUE}).")
        private long events = 1_000_000;

        @Override
        public Integer call() throws IOException {
            if (events <= 0) {
                throw new ParameterException(
                        spec.commandLine(), "--events " + events + ": at least 1");
            }
            return measure(spec, folder -> CheckBench.run(events, folder).describe());
        }
    }

    /// `panscope bench import`: reading a capture.
    @Command(
            name = "import",
            description =
                    "Imports a generated trace.dat and prints events per second and memory, beside"
                            + " trace-cmd report of the same file where that is installed.")
    static final class Import implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--events",
                paramLabel = "N",
                description = "Events in the file (default: ${DEFAULT-VALUE}).")
        private long events = 2_000_000;

        @Option(
                names = "--bytes",
                paramLabel = "N",
                description =
                        "Instead: import one file of at least so many bytes once and print the"
                                + " memory that takes. The launcher takes a limit of the heap"
                                + " from PANSCOPE_JAVA_OPTS=-Xmx256m.")
        private long bytes;

        @Option(
                names = "--folder",
                paramLabel = "FOLDER",
                description = "Where the files are made (default: that for temporary files).")
        private @Nullable Path parent;

        @Override
        public Integer call() throws IOException {
            if (events <= 0 || bytes < 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--events " + events + ", --bytes " + bytes + ": at least 1");
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(machine());
            Path folder =
                    parent == null
                            ? Files.createTempDirectory("panscope-bench")
                            : Files.createTempDirectory(parent, "panscope-bench");
            try {
                out.print(
                        bytes == 0
                                ? ImportBench.run(events, folder).describe()
                                : LargeImportBench.run(bytes, folder).describe());
                out.flush();
            } finally {
                Files.deleteIfExists(folder);
            }
            return 0;
        }
    }

    /// `panscope bench query`: SQL over a large trace.
    @Command(
            name = "query",
            description =
                    "Loads a generated trace for SQL as `query` does and prints how long that, a"
                            + " count by type and a join take.")
    static final class Query implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--events",
                paramLabel = "N",
                description = "Events in the trace (default: ${DEFAULT-VALUE}).")
        private long events = 10_000_000;

        @Override
        public Integer call() throws IOException {
            if (events <= 0) {
                throw new ParameterException(
                        spec.commandLine(), "--events " + events + ": at least 1");
            }
            return measure(spec, folder -> QueryBench.run(events, folder).describe());
        }
    }

    private static String machine() {
        return "machine   "
                + Runtime.version()
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores, "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch");
    }
}
