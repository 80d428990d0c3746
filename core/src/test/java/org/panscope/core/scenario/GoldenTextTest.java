package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.scenario.EventLog.Entry;
import org.panscope.trace.event.MarkEvent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Every sample runs to the events written down beside it: all of them, or of a long run the first
/// ones and a digest of more. `-Dpanscope.golden=accept` writes them down again.
class GoldenTextTest {
    private static final int LONGEST = 5_000;
    private static final int KEPT = 1_000;
    private static final int NEIGHBOURS = 5;

    static Stream<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(Runs.SAMPLES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleRunsToItsGoldenEvents(String sample) throws IOException {
        List<String> lines = lines(Runs.beginning(sample, LONGEST));
        Path golden = Runs.SAMPLES.resolve("golden").resolve(sample.replace(".json", ".txt"));
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.write(golden, lines);
            return;
        }
        List<String> expected = Files.readAllLines(golden);
        int common = Math.min(lines.size(), expected.size());
        for (int i = 0; i <= common; i++) {
            String want = i < expected.size() ? expected.get(i) : "(end)";
            String got = i < lines.size() ? lines.get(i) : "(end)";
            if (!want.equals(got)) {
                List<String> before = lines.subList(Math.max(0, i - NEIGHBOURS), i);
                fail(
                        golden
                                + ":"
                                + (i + 1)
                                + " differs first, after\n  "
                                + String.join("\n  ", before)
                                + "\nwritten: "
                                + want
                                + "\nnow:     "
                                + got);
            }
        }
    }

    private static List<String> lines(EventLog log) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : log.entries()) {
            if (entry.event() instanceof MarkEvent.Choice
                    || entry.event() instanceof MarkEvent.RunEnd) {
                continue;
            }
            lines.add(
                    log.trace().tracks().get(entry.header().track()).name()
                            + ": "
                            + EventLog.line(entry.event()));
        }
        return lines.size() > LONGEST ? shortened(lines.subList(0, LONGEST)) : lines;
    }

    /// The very beginning of a long run, and a digest of its first [#LONGEST] events.
    private static List<String> shortened(List<String> lines) {
        String all = String.join("\n", lines);
        byte[] digest;
        try {
            digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        List<String> kept = new ArrayList<>(lines.subList(0, KEPT));
        kept.add(lines.size() + " lines, SHA-256 " + HexFormat.of().formatHex(digest));
        return kept;
    }
}
