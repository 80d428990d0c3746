package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

class ImportCommandTest {
    @TempDir Path folder = Path.of("");

    @Test
    void captureSurvivesTheWayThroughBothForms() throws IOException {
        Path first = folder.resolve("first.pscope");
        Path text = folder.resolve("text.jsonl");
        Path second = folder.resolve("second.pscope");
        CommandRun.of("import", CommandRun.CAPTURE, "-o", first).fine();
        CommandRun.of("import", first, "-o", text).fine();
        CommandRun.of("import", text, "-o", second).fine();
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    }

    @Test
    void twoCapturesOfOneRunBecomeOneTrace() throws IOException {
        Path dat = Path.of(CommandRun.CAPTURE).resolveSibling("panscope-sample.dat");
        Path markers = folder.resolve("markers.txt");
        Files.writeString(
                markers,
                """
                # tracer: nop
                     umd-client0-200     [001] .....    17.553002756: tracing_mark_write: psm1 db g=1 q=0
                """);
        Path merged = folder.resolve("merged.pscope");
        String refused = CommandRun.of("import", dat, markers, "-o", merged).failure();
        assertEquals(
                true,
                refused.startsWith(markers + ": nothing says how its clock (unknown)"),
                refused);
        assertEquals(false, Files.exists(merged));
        CommandRun.of("import", dat, markers, "--clock", markers + "=local", "-o", merged).fine();
        JsonNode info = CommandRun.of("info", "--json", merged).json();
        assertEquals(2369, info.get("events").asInt());
        assertEquals(dat + " + " + markers, info.get("source").asString());
        String second = CommandRun.of("dump", "--format", "jsonl", merged).fine();
        assertEquals(
                true, second.lines().anyMatch(line -> line.contains("psm1 db g=1 q=0")), second);
        CommandRun.of("import", dat, markers, "--offset", markers + "=-5000000000", "-o", merged)
                .fine();
        assertEquals(2369, CommandRun.of("info", "--json", merged).json().get("events").asInt());
    }

    @Test
    void standardInputGivesTheSameEvents() throws IOException {
        Path trace = folder.resolve("piped.pscope");
        byte[] capture = Files.readAllBytes(Path.of(CommandRun.CAPTURE));
        CommandRun.withInput(capture, "import", "-", "-o", trace).fine();
        assertEquals(events(CommandRun.CAPTURE), events(trace));
        assertEquals(
                "standard input",
                CommandRun.of("info", "--json", trace).json().get("source").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture", "scenario", "run.pscope", "run.jsonl"})
    void packedInputGivesTheSameEvents(String what) throws IOException {
        Path plain =
                switch (what) {
                    case "capture" -> Path.of(CommandRun.CAPTURE);
                    case "scenario" -> Path.of(CommandRun.HELLO);
                    default -> {
                        Path recorded = folder.resolve(what);
                        CommandRun.of("record", CommandRun.HELLO, "-o", recorded).fine();
                        yield recorded;
                    }
                };
        Path packed = Files.write(folder.resolve("packed"), gzip(Files.readAllBytes(plain)));
        assertEquals(events(plain), events(packed));
        assertEquals(
                events(plain),
                CommandRun.withInput(Files.readAllBytes(packed), "dump", "--format", "jsonl", "-")
                        .fine());
    }

    private static String events(Object file) {
        return CommandRun.of("dump", "--format", "jsonl", file).fine();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
