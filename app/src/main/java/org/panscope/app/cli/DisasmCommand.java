package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.CodeMemory;
import org.panscope.core.isa.Isa;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `panscope disasm`: the text of command-stream words, as Mesa's decoder prints it.
@Command(
        name = "disasm",
        description = {
            "Prints command-stream words as text, in the form of Mesa's pandecode (2026).",
            "With FILE, raw little-endian words: a listing of address, word and text that follows"
                    + " CALL and JUMP into the memory given, two blanks deeper for each call.",
            "With --words, text with one 64-bit hexadecimal word a line: exactly one line for each."
        })
final class DisasmCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Raw words; - reads standard input.")
    private @Nullable String file;

    @Option(
            names = "--words",
            paramLabel = "FILE",
            description = "Words as text, one a line; - reads standard input.")
    private @Nullable String words;

    @Option(
            names = "--arch",
            paramLabel = "N",
            description = "Major number of the architecture, 10 to 13 (default: ${DEFAULT-VALUE}).")
    private int architecture = Isa.FIRST;

    @Option(
            names = "--annotate",
            description =
                    "Name what the text leaves out: reserved bits and fields that Mesa does not"
                            + " print.")
    private boolean annotate;

    @Option(
            names = "--base",
            paramLabel = "VA",
            converter = ExecArguments.InstructionBytesConverter.class,
            description = "GPU address of FILE's first word (default: 0).")
    private @Nullable Long base;

    @Option(
            names = "--memory",
            paramLabel = "VA=FILE",
            converter = ExecArguments.MemoryFileConverter.class,
            description = "The bytes of a file at a GPU address, for what FILE calls; repeatable.")
    private List<ExecArguments.MemoryFile> memory = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if ((file == null) == (words == null)) {
            throw usage("either FILE or --words FILE is needed");
        }
        WordPrinter printer = new WordPrinter(isa(), annotate, spec.commandLine().getOut());
        try {
            if (words != null) {
                printWords(words, printer);
            } else if (file != null) {
                printListing(file, printer);
            }
        } finally {
            printer.flush();
        }
        return 0;
    }

    private void printWords(String input, WordPrinter printer) throws IOException {
        if (base != null || !memory.isEmpty()) {
            throw usage("--base and --memory are for FILE, not for --words");
        }
        ReservedBits reserved = new ReservedBits("lines");
        try (InputStream in = InputBytes.open(input)) {
            WordReader reader = new WordReader(in, InputBytes.label(input), printer::flush);
            while (!printer.isClosed() && reader.next()) {
                printer.print(reader.word());
                reserved.look(printer.reservedBits(reader.word()), reader.line());
            }
        }
        if (!printer.isClosed()) {
            report(input, reserved.summary(annotate));
        }
    }

    private void printListing(String input, WordPrinter printer) throws IOException {
        byte[] bytes = InputBytes.read(input);
        long address = base == null ? 0 : base;
        CodeMemory code = new CodeMemory();
        add(code, address, bytes);
        for (ExecArguments.MemoryFile piece : memory) {
            add(code, piece.va(), InputBytes.read(piece.file().toString()));
        }
        ListingPrinter listing = new ListingPrinter(printer);
        boolean isWhole = listing.print(code, address, bytes.length);
        int left = bytes.length % Long.BYTES;
        if (left != 0) {
            listing.printRest(address, bytes, left);
        }
        printer.flush();
        report(input, listing.reserved().summary(annotate));
        report(input, left == 0 ? "" : rest(left));
        if (!isWhole) {
            throw new IOException(
                    InputBytes.label(input)
                            + ": calls in calls make more than "
                            + ListingPrinter.MOST_WORDS
                            + " lines; the listing ends there");
        }
    }

    private void add(CodeMemory code, long address, byte[] bytes) {
        try {
            code.add(address, bytes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Isa isa() {
        try {
            return Isa.of(architecture);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--arch: " + e.getMessage(), e);
        }
    }

    /// Tells what is remarkable without being an error.
    private void report(String input, String remark) {
        if (!remark.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "panscope: "
                                    + Failure.oneLine(InputBytes.label(input) + ": " + remark));
        }
    }

    private static String rest(int bytes) {
        return (bytes == 1 ? "the last byte is" : "the last " + bytes + " bytes are")
                + " no whole word";
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
