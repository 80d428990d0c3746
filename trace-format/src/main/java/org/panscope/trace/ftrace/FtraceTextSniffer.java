package org.panscope.trace.ftrace;

import org.panscope.trace.ftrace.TextLine.EventLine;
import org.panscope.trace.ftrace.TextLine.HeaderLine;
import org.panscope.trace.ftrace.TextLine.LostLine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Recognises ftrace text by its content, packed or not.
public final class FtraceTextSniffer {
    private static final int SNIFFED_BYTES = 64 * 1024;
    private static final int SNIFFED_LINES = 200;

    private FtraceTextSniffer() {}

    /// Whether a file that begins like this is ftrace text: it has the kernel's or trace-cmd's
    /// header, or an event in its first lines. Text of an undecodable form is recognised too, since
    /// the importer can say what is wrong with it.
    public static boolean looksLikeFtraceText(byte[] start) {
        byte[] text = unpackedStart(start);
        for (byte b : Arrays.copyOf(text, Math.min(text.length, 16))) {
            if (b == 0) {
                return false;
            }
        }
        return hasTraceLine(text);
    }

    private static boolean hasTraceLine(byte[] text) {
        LineParser parser = new LineParser();
        LineReader lines = new LineReader(new ByteArrayInputStream(text));
        try {
            for (int i = 0; i < SNIFFED_LINES && lines.next(); i++) {
                TextLine line = parser.parse(lines.text());
                boolean found =
                        switch (line) {
                            case EventLine event -> event.head().cpu() >= 0;
                            case LostLine _ -> true;
                            case HeaderLine header ->
                                    header.text().startsWith("# tracer: ")
                                            || header.text().startsWith("cpus=");
                            default -> false;
                        };
                if (found) {
                    return true;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading an array failed", e);
        }
        return false;
    }

    /// As many unpacked bytes as the start of a packed file yields.
    private static byte[] unpackedStart(byte[] start) {
        if (!CaptureInput.isGzip(start) && !CaptureInput.isZstd(start)) {
            return start;
        }
        byte[] unpacked = new byte[SNIFFED_BYTES];
        int length = 0;
        try (InputStream in = CaptureInput.open(new ByteArrayInputStream(start)).text()) {
            int read;
            while (length < unpacked.length
                    && (read = in.read(unpacked, length, unpacked.length - length)) > 0) {
                length += read;
            }
        } catch (IOException cutOrDamaged) {
            // The start of a packed file is always cut; what came out before counts.
            return Arrays.copyOf(unpacked, length);
        }
        return Arrays.copyOf(unpacked, length);
    }
}
