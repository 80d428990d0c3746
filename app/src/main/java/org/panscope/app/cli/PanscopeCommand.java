package org.panscope.app.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.OutputStream;
import java.io.PrintWriter;

/// The `panscope` command: names its subcommands, and turns what they throw into one line and an
/// exit status (0 fine, 1 the work failed, 2 wrong usage, 3 findings).
@Command(
        name = "panscope",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Debugger for Mali CSF command submission: emulates, records, opens captures,"
                        + " steps.",
        subcommands = {
            DemoCommand.class,
            OpenCommand.class,
            RecordCommand.class,
            ImportCommand.class,
            InfoCommand.class,
            DumpCommand.class,
            DisasmCommand.class,
            StateCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            FencesCommand.class,
            ExecCommand.class,
            ScreenshotCommand.class,
            ExportCommand.class,
            QueryCommand.class,
            CaptureScriptCommand.class,
            BenchCommand.class,
            WarmUpCommand.class,
            GenerateCompletion.class
        })
public final class PanscopeCommand implements Runnable {
    static final int FAILED = 1;
    static final int USAGE = 2;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error.")
    private boolean debug;

    private final OutputStream bytes;

    /// For picocli's own purposes, such as help.
    PanscopeCommand() {
        this(System.out);
    }

    private PanscopeCommand(OutputStream bytes) {
        this.bytes = bytes;
    }

    /// Where a command writes that writes bytes and no text to standard output.
    static OutputStream bytesOut(CommandSpec ofCommand) {
        return ofCommand.root().userObject() instanceof PanscopeCommand root
                ? root.bytes
                : System.out;
    }

    /// Runs a command line.
    ///
    /// @return the exit status
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return run(System.out, out, err, arguments);
    }

    /// Runs a command line.
    ///
    /// @param bytes standard output, for what is not text
    /// @return the exit status
    public static int run(
            OutputStream bytes, PrintWriter out, PrintWriter err, String... arguments) {
        PanscopeCommand root = new PanscopeCommand(bytes);
        CommandLine line = new CommandLine(root);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, ignored) -> wrongUsage(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> root.failed(e, command));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return root.failed(e, line);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is needed; panscope --help lists them");
    }

    private static int wrongUsage(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("panscope: " + Failure.oneLine(messageOf(e)));
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return USAGE;
    }

    private static String messageOf(ParameterException e) {
        boolean unknownCommand =
                e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.isUnknownOption()
                        && !e.getCommandLine().getSubcommands().isEmpty();
        return unknownCommand
                ? "there is no command "
                        + String.join(" ", ((UnmatchedArgumentException) e).getUnmatched())
                : String.valueOf(e.getMessage());
    }

    private int failed(Throwable e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (debug) {
            e.printStackTrace(err);
        } else {
            err.println("panscope: " + Failure.oneLine(e));
        }
        return FAILED;
    }
}
