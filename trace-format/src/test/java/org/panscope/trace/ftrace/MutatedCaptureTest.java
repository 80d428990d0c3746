package org.panscope.trace.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.quality.Loss;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damaged captures: whatever happens to the bytes, nothing is thrown and every line is accounted
/// for.
class MutatedCaptureTest {
    private static final int MUTATIONS = 2000;

    @Test
    void everyLineOfADamagedCaptureIsAnEventOrToldOf() throws IOException {
        byte[] excerpt = excerpt();
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] damaged = mutate(excerpt, new Random(seed));
            MemoryTrace trace = Captures.read(damaged);
            assertEquals(accountable(damaged), accounted(trace), "seed=" + seed);
        }
    }

    @Test
    void damagedPackedCapturesEndInALoss() throws IOException {
        byte[] packed = Zstd.compress(excerpt());
        for (int seed = 0; seed < 300; seed++) {
            byte[] damaged = packed.clone();
            Random random = new Random(seed);
            damaged[4 + random.nextInt(damaged.length - 4)] ^= (byte) (1 << random.nextInt(8));
            MemoryTrace trace = Captures.read(damaged);
            assertTrue(trace.isClosed());
        }
    }

    /// 200 lines from the middle, where every kind of event occurs.
    private static byte[] excerpt() throws IOException {
        List<String> lines = Files.readAllLines(Captures.MICROS).subList(700, 900);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mutate(byte[] capture, Random random) {
        byte[] bytes = capture;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(1 + random.nextInt(60), bytes.length - at);
            switch (random.nextInt(6)) {
                case 0 -> {
                    bytes = bytes.clone();
                    bytes[at] = (byte) random.nextInt(256);
                }
                case 1 -> bytes = splice(bytes, at, length, new byte[0]);
                case 2 -> bytes = splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                case 3 -> bytes = splice(bytes, at, 0, new byte[] {'\n'});
                case 4 -> {
                    int from = random.nextInt(bytes.length);
                    int to = Math.min(bytes.length, from + length);
                    bytes = splice(bytes, at, length, Arrays.copyOfRange(bytes, from, to));
                }
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int at, int remove, byte[] insert) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(insert);
        out.write(bytes, at + remove, bytes.length - at - remove);
        return out.toByteArray();
    }

    /// Lines that say something, counted without the importer's code.
    private static long accountable(byte[] capture) {
        String text = new String(capture, StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("\r?\n", -1))
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .count();
    }

    /// Lines that became events, parts of events, or losses.
    private static long accounted(MemoryTrace trace) {
        long lines = 0;
        for (Event event : trace.events()) {
            lines++;
            if (event.value("buf") instanceof String text) {
                String[] parts = text.split("\n", -1);
                lines += Arrays.stream(parts).skip(1).filter(part -> !part.isBlank()).count();
            }
        }
        for (Loss loss : trace.losses()) {
            Long count = loss.count();
            lines += count == null ? 1 : count;
        }
        return lines;
    }
}
