package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class InfoCommandTest {
    /// `comm-pid [cpu] seconds: event: ...`
    private static final Pattern CAPTURE_LINE =
            Pattern.compile("^.{16,}-\\d+ +\\[\\d+] +(?:\\S{4,5} +)?(\\d+)\\.(\\d{6}): (\\w+):.*");

    @TempDir Path folder = Path.of("");

    @Test
    void jsonOfACaptureCountsWhatTheTextHolds() throws IOException {
        JsonNode info = CommandRun.of("info", "--json", CommandRun.CAPTURE).json();

        SortedMap<String, Long> counted = new TreeMap<>();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (String line : Files.readAllLines(Path.of(CommandRun.CAPTURE))) {
            Matcher matcher = CAPTURE_LINE.matcher(line);
            if (matcher.matches()) {
                counted.merge(matcher.group(3), 1L, Long::sum);
                long us = Long.parseLong(matcher.group(1) + matcher.group(2));
                first = Math.min(first, us);
                last = Math.max(last, us);
            }
        }
        SortedMap<String, Long> told = new TreeMap<>();
        info.get("types").forEachEntry((name, count) -> told.put(afterColon(name), count.asLong()));
        assertEquals(counted, told);
        assertEquals(2368, info.get("events").asLong());
        JsonNode span = info.get("span");
        assertEquals((last - first) * 1000, span.get("to").asLong() - span.get("from").asLong());
        assertEquals(0, info.get("lost").size());
        assertEquals("ftrace-text", info.get("format").asString());
    }

    @Test
    void textOfACaptureShowsCountsAndThatNothingIsLost() {
        String text = CommandRun.of("info", CommandRun.CAPTURE).fine();
        assertTrue(text.contains("events    2368\n"), text);
        assertTrue(text.contains("     280  sched_switch\n"), text);
        assertTrue(text.contains("lost      nothing\n"), text);
    }

    @Test
    void jsonOfACaptureCountsItsPairsAndWhatItDoesNotShow() {
        JsonNode info = CommandRun.of("info", "--json", CommandRun.CAPTURE).json();
        assertEquals(0, info.get("unpaired").asLong());
        SortedMap<String, Long> pairs = new TreeMap<>();
        info.get("pairs")
                .forEach(kind ->
                        pairs.put(kind.get("kind").asString(), kind.get("paired").asLong()));
        assertEquals(
                "{fence=144, fence-wait=20, irq=15, job-queued=48, job-run=48, softirq=142,"
                        + " work=166, work-queued=166}",
                pairs.toString());
        assertEquals(0, info.get("backwards").get("count").asLong());
        assertEquals(2, info.get("cpus").size());
        assertEquals(
                "masks of job interrupts", info.get("not_recorded").get(0).get("what").asString());

        String text = CommandRun.of("info", CommandRun.CAPTURE).fine();
        assertTrue(text.contains("     144  fence made → signalled, none alone\n"), text);
        assertTrue(text.contains("  clock rate of the GPU: record devfreq\n"), text);
    }

    @Test
    void everyFormOfARunHasTheSameCounts() {
        Path pscope = folder.resolve("run.pscope");
        Path jsonl = folder.resolve("run.jsonl");
        CommandRun.of("record", CommandRun.HELLO, "-o", pscope).fine();
        CommandRun.of("import", pscope, "-o", jsonl).fine();

        JsonNode scenario = CommandRun.of("info", "--json", CommandRun.HELLO).json();
        JsonNode container = CommandRun.of("info", "--json", pscope).json();
        JsonNode text = CommandRun.of("info", "--json", jsonl).json();

        assertEquals("scenario", scenario.get("format").asString());
        assertEquals("pscope", container.get("format").asString());
        assertEquals("jsonl", text.get("format").asString());
        for (String key : new String[] {"events", "types", "span", "lost", "producer", "tracks"}) {
            assertEquals(scenario.get(key), container.get(key), key);
            assertEquals(container.get(key), text.get(key), key);
        }
    }

    @Test
    void lossOfATruncatedTraceIsCountedAndExplained() throws IOException {
        Path whole = folder.resolve("whole.pscope");
        CommandRun.of("record", CommandRun.HELLO, "-o", whole).fine();
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.pscope");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 100));

        JsonNode lost = CommandRun.of("info", "--json", cut).json().get("lost");
        assertEquals(1, lost.size());
        assertEquals("truncated", lost.get(0).get("reason").asString());
        String text = CommandRun.of("info", cut).fine();
        assertTrue(text.contains("lost      1 report\n"), text);
        assertTrue(text.contains("cut.pscope, byte "), text);
    }

    private static String afterColon(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
