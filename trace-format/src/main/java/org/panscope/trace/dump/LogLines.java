package org.panscope.trace.dump;

import java.io.IOException;
import java.util.function.LongFunction;

/// The kernel's log: every line an event `kernel_log` at its time, but for what the vendor's driver
/// says of its queues ([VendorQueues]). Lines without a time have that of the one before.
final class LogLines implements DumpImporter.Lines {
    private final DumpOutput out;
    private final VendorQueues queues;
    private long timeNs;
    private boolean anyTime;

    LogLines(DumpOutput out, LongFunction<String> disassembler) {
        this.out = out;
        queues = new VendorQueues(out, disassembler);
    }

    @Override
    public void line(String text, long number) throws IOException {
        LogLine line = LogLine.of(text);
        if (line.text().isBlank()) {
            return;
        }
        Long stamp = line.timeNs();
        if (stamp != null) {
            if (!anyTime) {
                out.setClock("printk", stamp);
                anyTime = true;
            }
            long relative = stamp - out.originNs();
            if (relative < timeNs) {
                out.losses.atLine(
                        "time-backwards",
                        (timeNs - relative) + " ns before the line in front of it",
                        null,
                        number);
            }
            timeNs = Math.max(timeNs, relative);
        }
        if (queues.take(line, timeNs)) {
            return;
        }
        out.fields.begin();
        out.fields.text("text", line.text().strip());
        String device = line.device();
        if (device != null) {
            out.fields.text("device", device);
        }
        out.write(timeNs, out.track("kernel", "kernel log"), "kernel_log");
    }

    @Override
    public void end() throws IOException {
        queues.end();
    }
}
