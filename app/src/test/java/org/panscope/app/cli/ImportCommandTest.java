package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
