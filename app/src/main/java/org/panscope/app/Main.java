package org.panscope.app;

import org.panscope.app.cli.PanscopeCommand;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Entry point of the program. It does not extend JavaFX's `Application`: on the class path the
/// Java launcher would then look for JavaFX modules and stop.
public final class Main {
    private Main() {}

    /// Runs one command and ends the JVM with its exit status.
    public static void main(String[] arguments) {
        // Redirected output is UTF-8 and buffered, whatever the locale says.
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        PrintWriter outWriter =
                new PrintWriter(
                        new BufferedWriter(
                                new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16));
        PrintWriter errWriter =
                new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        int status = PanscopeCommand.run(outWriter, errWriter, arguments);
        outWriter.flush();
        out.flush();
        System.exit(status);
    }
}
