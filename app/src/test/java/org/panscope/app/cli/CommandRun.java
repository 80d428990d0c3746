package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One command line that was run, and what came of it.
record CommandRun(int status, String out, String err) {
    static final Path SAMPLES = Path.of("..", "samples");
    static final String HELLO = SAMPLES.resolve("hello-ring.json").toString();
    static final String CAPTURE =
            SAMPLES.resolve("captures").resolve("panscope-sample.report.txt").toString();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int status = PanscopeCommand.run(new PrintWriter(out), new PrintWriter(err, true), words);
        return new CommandRun(status, out.toString(), err.toString());
    }

    /// The bytes a command writes to standard output that are no text, when it went well.
    static byte[] bytesOf(Object... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int status =
                PanscopeCommand.run(bytes, new PrintWriter(out), new PrintWriter(err, true), words);
        new CommandRun(status, out.toString(), err.toString()).fine();
        return bytes.toByteArray();
    }

    static CommandRun withInput(byte[] standardInput, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(standardInput));
        try {
            return of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /// Its output, when it went well and said nothing else.
    String fine() {
        assertEquals("", err);
        assertEquals(0, status);
        return out;
    }

    List<String> lines() {
        return fine().lines().toList();
    }

    JsonNode json() {
        return JSON.readTree(fine());
    }

    /// Its output as JSON, whatever its status.
    JsonNode parsed() {
        assertEquals("", err);
        return JSON.readTree(out);
    }

    /// Its output as one JSON value a line.
    List<JsonNode> jsonLines() {
        return lines().stream().map(JSON::readTree).toList();
    }

    /// The one line it failed with, without the program's name.
    String failure() {
        List<String> lines = errLines();
        assertEquals(1, status, err);
        assertEquals(1, lines.size(), err);
        return lines.getFirst();
    }

    /// The line it refused its arguments with.
    String wrongUsage() {
        List<String> lines = errLines();
        assertEquals(2, status, err);
        assertEquals(2, lines.size(), err);
        assertTrue(lines.get(1).matches("Try 'panscope.* --help'\\."), err);
        return lines.getFirst();
    }

    private List<String> errLines() {
        assertEquals("", out);
        assertTrue(err.startsWith("panscope: "), err);
        assertFalse(err.contains("Exception") || err.contains("\tat "), err);
        return err.substring("panscope: ".length()).lines().toList();
    }
}
