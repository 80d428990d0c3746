package org.panscope.core.scenario;

import org.panscope.core.scenario.EventLog.Entry;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Prints every event of a sample with its whole header and all its bytes; what [DeterminismTest]
/// compares between Java processes.
final class DigestMain {
    private DigestMain() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.print(text(Runs.sample(args[0])));
        out.flush();
    }

    static String text(EventLog log) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : log.entries()) {
            text.append(entry.seq()).append(' ').append(entry.header()).append(' ');
            text.append(EventLog.line(entry.event())).append(' ');
            EventLog.appendBytes(entry.event(), text);
            text.append('\n');
        }
        return text.toString();
    }
}
