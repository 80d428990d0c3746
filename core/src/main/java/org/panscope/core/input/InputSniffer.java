package org.panscope.core.input;

import com.github.luben.zstd.ZstdInputStream;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.dump.DumpFormat;
import org.panscope.trace.ftrace.FtraceTextSniffer;
import org.panscope.trace.perfetto.PerfettoSniffer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Tells formats apart by the first bytes of a file, packed by gzip or zstd or not, never by its
/// name.
public final class InputSniffer {
    /// How much of a file is enough to decide.
    public static final int SAMPLE_BYTES = 1 << 16;

    private static final byte[] PSCOPE_MAGIC = {(byte) 0x89, 'P', 'S', 'C', 'O', 'P', 'E'};
    private static final byte[] TRACE_DAT_MAGIC = {
        0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'
    };
    private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final int MOST_KEYS = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private InputSniffer() {}

    /// The format of a file that begins with these bytes.
    public static InputFormat sniff(byte[] first) {
        if (first.length == 0) {
            return InputFormat.EMPTY;
        }
        byte[] plain = unpacked(first);
        if (startsWith(plain, PSCOPE_MAGIC)) {
            return InputFormat.PSCOPE;
        }
        if (startsWith(plain, TRACE_DAT_MAGIC)) {
            return InputFormat.TRACE_DAT;
        }
        DumpFormat dump = DumpFormat.of(plain);
        if (dump == DumpFormat.UTRACE_JSON) {
            return InputFormat.U_TRACE;
        }
        InputFormat json = sniffJson(plain);
        if (json != null) {
            return json;
        }
        if (FtraceTextSniffer.looksLikeFtraceText(plain)) {
            return InputFormat.FTRACE_TEXT;
        }
        if (dump != null) {
            return switch (dump) {
                case PANTHOR_COREDUMP -> InputFormat.PANTHOR_COREDUMP;
                case KERNEL_LOG -> InputFormat.KERNEL_LOG;
                case PANDECODE -> InputFormat.PANDECODE;
                case UTRACE_TEXT, UTRACE_CSV, UTRACE_JSON -> InputFormat.U_TRACE;
            };
        }
        return PerfettoSniffer.looksLikePerfetto(plain)
                ? InputFormat.PERFETTO
                : InputFormat.UNKNOWN;
    }

    /// The bytes of a file that are enough to decide.
    static byte[] beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SAMPLE_BYTES);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether the bytes begin a gzip file.
    static boolean isGzip(byte[] first) {
        return first.length > 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b;
    }

    /// Whether the bytes begin a file that is packed as a whole.
    static boolean isPacked(byte[] first) {
        return isGzip(first) || isZstd(first);
    }

    /// Whether the bytes begin a zstd file.
    private static boolean isZstd(byte[] first) {
        return startsWith(first, ZSTD_MAGIC);
    }

    /// What a packed file holds.
    ///
    /// @param first its first bytes
    /// @param packed all of it, these bytes included
    static InputStream unpacking(byte[] first, InputStream packed) throws IOException {
        return isZstd(first) ? new ZstdInputStream(packed) : new GZIPInputStream(packed);
    }

    /// What a packed file holds at its beginning, or the bytes as they are.
    private static byte[] unpacked(byte[] first) {
        if (!isPacked(first)) {
            return first;
        }
        byte[] plain = new byte[SAMPLE_BYTES];
        int length = 0;
        try (InputStream in = unpacking(first, new ByteArrayInputStream(first))) {
            while (length < plain.length) {
                int read = in.read(plain, length, plain.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
            }
        } catch (IOException e) {
            // The sample ends in the middle of the stream: what came out of it is the answer.
            return Arrays.copyOf(plain, length);
        }
        return Arrays.copyOf(plain, length);
    }

    /// Decides by the keys of the first object, or null when the text does not begin like JSON.
    private static @Nullable InputFormat sniffJson(byte[] first) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), first)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                return byFirstElement(parser);
            }
            if (token != JsonToken.START_OBJECT) {
                return null;
            }
            return byKeys(parser);
        } catch (JacksonException e) {
            return looksLikeObject(first) ? InputFormat.SCENARIO : null;
        }
    }

    /// A list is one of trace events if its first object is one. A list that ends right away is
    /// what a tracer leaves behind that had nothing to tell.
    private static @Nullable InputFormat byFirstElement(JsonParser parser) {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return InputFormat.CHROME_JSON;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        for (int keys = 0; keys < MOST_KEYS; keys++) {
            if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
                break;
            }
            if (parser.currentName().equals("ph")) {
                return InputFormat.CHROME_JSON;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        return null;
    }

    private static InputFormat byKeys(JsonParser parser) {
        for (int keys = 0; keys < MOST_KEYS; keys++) {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.PROPERTY_NAME) {
                break;
            }
            switch (parser.currentName()) {
                case "seq", "type", "trace" -> {
                    return InputFormat.JSONL;
                }
                case "traceEvents", "systemTraceEvents", "displayTimeUnit" -> {
                    return InputFormat.CHROME_JSON;
                }
                default -> {
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        }
        return InputFormat.SCENARIO;
    }

    /// A scenario with a mistake in it is still a scenario: its own reader names line and column.
    private static boolean looksLikeObject(byte[] first) {
        String text = new String(first, StandardCharsets.UTF_8).strip();
        return text.startsWith("{") || text.startsWith("//") || text.startsWith("/*");
    }
}
