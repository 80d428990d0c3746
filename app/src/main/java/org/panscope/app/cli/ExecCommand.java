package org.panscope.app.cli;

import org.panscope.core.exec.ExecutedInstruction;
import org.panscope.core.exec.StreamRun;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// `panscope exec`: runs a command stream in the interpreter alone and lists what was executed.
@Command(
        name = "exec",
        description = {
            "Runs a command stream in the interpreter alone, without driver, firmware or queue, and"
                    + " prints what was executed, as Mesa's decoder lists it.",
            "Numbers are decimal, or hexadecimal with 0x. Memory that was not given reads as zero"
                    + " and can be stored to. The entry buffer counts as called once from the"
                    + " kernel's ring.",
            "What correct code does not do, as using a register while it is loaded, is told on"
                    + " standard error.",
            "Exit status: 0 the stream ran to its end, 1 something stopped it or a file cannot be"
                    + " used, 2 wrong usage."
        })
final class ExecCommand implements Callable<Integer> {
    private static final String DEFAULT_LIMIT = "1000000";

    /// How often to look whether anybody still reads the output.
    private static final int LINES_BETWEEN_LOOKS = 1024;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--memory",
            paramLabel = "VA=FILE",
            arity = "1..*",
            required = true,
            converter = ExecArguments.MemoryFileConverter.class,
            description =
                    "The bytes of a file at a GPU address, - reads standard input; repeatable.")
    private List<ExecArguments.MemoryFile> memory = new ArrayList<>();

    @Option(
            names = "--entry",
            paramLabel = "VA",
            required = true,
            converter = ExecArguments.InstructionBytesConverter.class,
            description = "Address of the first instruction.")
    private long entry;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            required = true,
            converter = ExecArguments.InstructionBytesConverter.class,
            description = "Length of the entry buffer.")
    private long sizeBytes;

    @Option(
            names = "--arch",
            paramLabel = "N",
            description = "Major number of the architecture (default: ${DEFAULT-VALUE}).")
    private int architecture = 10;

    @Option(
            names = "--usermode-queue",
            description = "The entry buffer is the root ring itself: call depth 0, no JUMP.")
    private boolean usermodeQueue;

    @Option(
            names = "--reg",
            paramLabel = "rN=V",
            arity = "1..*",
            converter = ExecArguments.RegisterConverter.class,
            description = "Value of a register, or of a 64-bit pair as dN=V; repeatable.")
    private List<ExecArguments.Register> registers = new ArrayList<>();

    @Option(
            names = "--strict",
            description = "Access to memory that was not given is CS_BUS_FAULT.")
    private boolean strict;

    @Option(
            names = "--pass-sync-waits",
            description = "Go on behind a SYNC_WAIT that does not hold, as Mesa's listing does.")
    private boolean passSyncWaits;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = DEFAULT_LIMIT,
            converter = ExecArguments.NumberConverter.class,
            description = "Most instructions to execute (default: ${DEFAULT-VALUE}).")
    private long limit;

    @Option(
            names = "--set",
            paramLabel = "PARAMETER=VALUE",
            converter = {ExecArguments.NameConverter.class, ExecArguments.ValueConverter.class},
            description =
                    "Overrides a parameter of the emulated GPU (record --list-parameters lists"
                            + " them); repeatable.")
    private Map<String, Long> settings = new LinkedHashMap<>();

    @Option(
            names = "--dump-memory",
            paramLabel = "VA:SIZE=FILE",
            arity = "1..*",
            converter = ExecArguments.MemoryDumpConverter.class,
            description = "Writes memory as it is after the run to a file; repeatable.")
    private List<ExecArguments.MemoryDump> dumps = new ArrayList<>();

    @Option(
            names = "--json",
            description = "One JSON object for each executed instruction, and one for the end.")
    private boolean json;

    private long printed;
    private boolean isClosed;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        StreamRun run = prepared();
        StreamRun.End end = run.run(limit, one -> print(run, one));
        if (isClosed && dumps.isEmpty()) {
            return 0; // nobody wants to know how it goes on
        }
        if (json) {
            writeJson(out, end);
        } else {
            writeText(out, end);
        }
        out.flush();
        for (String warning : end.warnings()) {
            spec.commandLine().getErr().println("panscope: warning: " + warning);
        }
        for (ExecArguments.MemoryDump dump : dumps) {
            try (PartFile file = new PartFile(dump.file())) {
                Files.write(file.path(), run.memory(dump.va(), dump.sizeBytes()));
                file.complete();
            }
        }
        if (!end.completed()) {
            out.flush();
            throw new IOException("the stream did not reach its end: " + end.reason());
        }
        return 0;
    }

    private void print(StreamRun run, ExecutedInstruction one) {
        PrintWriter out = spec.commandLine().getOut();
        if (++printed % LINES_BETWEEN_LOOKS == 0 && !isClosed && out.checkError()) {
            isClosed = true;
            if (dumps.isEmpty()) {
                run.stop();
            }
        }
        if (isClosed) {
            return;
        }
        if (json) {
            writeJson(out, one);
        } else {
            out.println(one.listing());
        }
    }

    private StreamRun prepared() throws IOException {
        StreamRun run = accepted(() -> new StreamRun(architecture, settings));
        run.setStrict(strict);
        run.setPassSyncWaits(passSyncWaits);
        accepted(() -> run.setEntry(entry, sizeBytes, usermodeQueue));
        for (ExecArguments.Register register : registers) {
            accepted(() -> set(run, register));
        }
        for (ExecArguments.MemoryFile file : memory) {
            byte[] bytes = bytesOf(file.file());
            accepted(() -> run.load(file.va(), bytes));
        }
        return run;
    }

    private static void set(StreamRun run, ExecArguments.Register register) {
        if (register.isPair()) {
            run.setRegister(register.number() + 1, (int) (register.value() >>> Integer.SIZE));
        }
        run.setRegister(register.number(), (int) register.value());
    }

    private void accepted(Runnable attempt) {
        accepted(() -> {
            attempt.run();
            return attempt;
        });
    }

    /// Does what the arguments ask for, or says why it cannot be had.
    private <T> T accepted(Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] bytesOf(Path file) throws IOException {
        byte[] bytes = InputBytes.read(file.toString());
        if (bytes.length == 0) {
            throw new IOException(InputBytes.label(file.toString()) + ": is empty");
        }
        return bytes;
    }

    private static void writeText(PrintWriter out, StreamRun.End end) {
        out.println();
        for (String fault : end.faults()) {
            out.println("fault: " + fault);
        }
        out.println("end: " + end.reason());
        int[] values = end.registers();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                out.println(String.format(Locale.ROOT, "%-4s 0x%08x", "r" + i, values[i]));
            }
        }
    }

    private static void writeJson(PrintWriter out, ExecutedInstruction instruction) {
        try (JsonGenerator to = JsonOutput.generator(out)) {
            to.writeStartObject();
            to.writeStringProperty("addr", "0x" + Long.toHexString(instruction.address()));
            to.writeStringProperty("word", String.format(Locale.ROOT, "%016x", instruction.word()));
            to.writeNumberProperty("depth", instruction.depth());
            to.writeStringProperty("text", instruction.text());
            to.writeEndObject();
        }
        out.println();
    }

    private static void writeJson(PrintWriter out, StreamRun.End end) {
        try (JsonGenerator to = JsonOutput.generator(out)) {
            to.writeStartObject();
            to.writeStringProperty("end", end.reason());
            to.writeArrayPropertyStart("registers");
            for (int value : end.registers()) {
                to.writeString("0x" + Integer.toHexString(value));
            }
            to.writeEndArray();
            if (!end.faults().isEmpty()) {
                to.writeArrayPropertyStart("faults");
                end.faults().forEach(to::writeString);
                to.writeEndArray();
            }
            if (!end.warnings().isEmpty()) {
                to.writeArrayPropertyStart("warnings");
                end.warnings().forEach(to::writeString);
                to.writeEndArray();
            }
            to.writeEndObject();
        }
        out.println();
    }
}
