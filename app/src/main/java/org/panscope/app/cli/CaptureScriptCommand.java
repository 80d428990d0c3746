package org.panscope.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/// `panscope capture-script`: a shell script that records on a board.
@Command(
        name = "capture-script",
        description = {
            "Prints a shell script that records on a board, with tracefs or trace-cmd alone:",
            "it checks what the kernel offers, says what will be missing, and names the file to"
                    + " bring back. See docs/capture-on-a-board.md."
        })
final class CaptureScriptCommand implements Callable<Integer> {
    private static final String SCRIPT = "capture.sh";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--markers",
            description = "Also record the psm1 markers of an instrumented user-mode driver.")
    private boolean markers;

    @Option(
            names = "--kprobes",
            description =
                    "Also probe the functions of panthor that bind groups, tick and write rings.")
    private boolean kprobes;

    @Override
    public Integer call() throws IOException {
        try (InputStream in = CaptureScriptCommand.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + ": not in this build");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    script.replace("@MARKERS@", markers ? "1" : "0")
                            .replace("@KPROBES@", kprobes ? "1" : "0"));
            out.flush();
        }
        return 0;
    }
}
