package org.panscope.app;

import org.panscope.app.cli.PanscopeCommand;
import org.panscope.app.cli.StandardOutput;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Entry point of the program. It does not extend JavaFX's `Application`: on the class path the
/// Java launcher would then look for JavaFX modules and stop.
public final class Main {
    private Main() {}

    /// Runs one command and ends the JVM with its exit status.
    public static void main(String[] arguments) {
        // Redirected output is UTF-8 and buffered, whatever the locale says.
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out =
                new PrintWriter(
                        new BufferedWriter(
                                new OutputStreamWriter(output, StandardCharsets.UTF_8), 1 << 16));
        PrintWriter err =
                new PrintWriter(
                        new OutputStreamWriter(
                                new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8),
                        true);
        int status = PanscopeCommand.run(output, out, err, arguments);
        out.flush();
        if (status == 0 && output.problem() != null) {
            err.println("panscope: standard output: " + output.problem());
            status = 1;
        }
        System.exit(status);
    }
}
