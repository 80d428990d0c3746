package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class RecordCommandTest {
    @TempDir Path folder = Path.of("");

    @Test
    void sameRunHasTheSameBytesWhereverTheScenarioLies() throws IOException {
        Path elsewhere = Files.copy(Path.of(CommandRun.HELLO), folder.resolve("hello-ring.json"));
        Path first = record("a.pscope", CommandRun.HELLO);
        Path second = record("b.pscope", CommandRun.HELLO);
        Path third = record("c.pscope", elsewhere);
        Path fourth = record("d.pscope", Path.of(CommandRun.HELLO).toAbsolutePath());
        for (Path other : List.of(second, third, fourth)) {
            assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(other));
        }
    }

    @Test
    void seedAndSettingsAreInTheTrace() {
        Path trace =
                record("a.pscope", CommandRun.HELLO, "--seed", 7, "--set", "client.load_ns=130");
        String info = CommandRun.of("info", trace).fine();
        assertTrue(info.contains("seed      7\n"), info);
        assertTrue(info.contains("client.load_ns 130\n"), info);
    }

    @Test
    void seedOfTheScenarioCountsWhereNoneIsGiven() throws IOException {
        Path scenario = folder.resolve("seeded.json");
        Files.writeString(
                scenario,
                Files.readString(Path.of(CommandRun.HELLO))
                        .replace(
                                "\"name\": \"hello-ring\",\n  \"about\"",
                                "\"name\": \"hello-ring\",\n  \"seed\": 9,\n  \"about\""));
        String recorded = CommandRun.of("info", record("a.pscope", scenario)).fine();
        assertTrue(recorded.contains("seed      9\n"), recorded);
        String opened = CommandRun.of("info", scenario).fine();
        assertTrue(opened.contains("seed      9\n"), opened);
    }

    @Test
    void runThatIsNotAsExpectedIsAnErrorOfOneLine() throws IOException {
        Path scenario = folder.resolve("sound.json");
        String expect = "\"faults\": [{\"report\": \"cs_fatal\", \"exception\": \"0x49\"}]";
        Files.writeString(
                scenario,
                Files.readString(Path.of(CommandRun.HELLO))
                        .replace("\"findings\": [\"I14\"]", expect));
        CommandRun run = CommandRun.of("record", scenario, "-o", folder.resolve("x.pscope"));
        assertEquals(1, run.status());
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(
                run.err().contains("the run reported no fault, expected cs_fatal 0x49"), run::err);
    }

    @Test
    void everyListedParameterCanBeSetToItsDefault() {
        List<Object> settings = new ArrayList<>();
        JsonNode listed = CommandRun.of("record", "--list-parameters", "--json").json();
        for (JsonNode parameter : listed.get("parameters")) {
            settings.add("--set");
            settings.add(
                    parameter.get("name").asString() + "=" + parameter.get("default").asString());
        }
        assertTrue(settings.size() > 20, settings::toString);
        Path trace = record("x.pscope", CommandRun.HELLO, settings.toArray());
        assertEquals(
                CommandRun.of("dump", record("y.pscope", CommandRun.HELLO)).fine(),
                CommandRun.of("dump", trace).fine());
    }

    @Test
    void parametersAreListedInColumnsWithUnitAndMark() {
        List<String> lines = CommandRun.of("record", "--list-parameters").lines();
        assertTrue(lines.getFirst().matches("parameter +default +unit +mark +meaning"));
        List<String> flush =
                lines.stream().filter(line -> line.startsWith("hw.flush_ns ")).toList();
        assertEquals(1, flush.size());
        assertTrue(flush.getFirst().matches("hw.flush_ns +2000 +ns +\\[I] +.+"), flush::toString);
        int meaning = lines.getFirst().indexOf("meaning");
        for (String line : lines.subList(1, lines.size())) {
            assertEquals(' ', line.charAt(meaning - 1), line);
            assertNotEquals(' ', line.charAt(meaning), line);
        }
    }

    @Test
    void jsonWithoutAListIsWrongUsage() {
        CommandRun.of("record", CommandRun.HELLO, "-o", folder.resolve("x"), "--json").wrongUsage();
    }

    @Test
    void resultReplacesAnOlderFileAndHasTheModeOfAnyNewFile() throws IOException {
        Path old = Files.writeString(folder.resolve("run.pscope"), "something older");
        record("run.pscope", CommandRun.HELLO);
        Path plain = Files.createFile(folder.resolve("plain"));
        Set<PosixFilePermission> expected = Files.getPosixFilePermissions(plain);
        assertEquals(expected, Files.getPosixFilePermissions(old));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
        assertTrue(CommandRun.of("info", old).fine().contains("events"));
    }

    @Test
    void symbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path target = Files.createFile(folder.resolve("target.pscope"));
        Path link = Files.createSymbolicLink(folder.resolve("link.pscope"), target);
        record("link.pscope", CommandRun.HELLO);
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.size(target) > 0);
    }

    @Test
    void textTwinIsWrittenByName() throws IOException {
        Path text = record("run.jsonl", CommandRun.HELLO);
        Path container = record("run.pscope", CommandRun.HELLO);
        Path converted = folder.resolve("converted.jsonl");
        CommandRun.of("import", container, "-o", converted).fine();
        assertEquals(Files.readString(converted), Files.readString(text));
    }

    @Test
    void stepThatFailsIsToldAndTheTraceStillWritten() throws IOException {
        Path scenario = folder.resolve("fails.json");
        Files.writeString(
                scenario,
                """
                {"name": "fails", "processes": [{"name": "p", "threads": [{"name": "t", "steps": [
                  {"op": "open", "name": "dev"},
                  {"op": "vm_create", "name": "vm"},
                  {"op": "bo_create", "name": "b", "size": 4096},
                  {"op": "vm_bind", "vm": "vm", "bo": "b", "va": "0x100001"}
                ]}]}]}
                """);
        Path trace = folder.resolve("t.pscope");
        CommandRun run = CommandRun.of("record", scenario, "-o", trace);
        assertEquals(1, run.status(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
        assertTrue(run.err().contains("fails.json"), run.err());
    }

    private Path record(String name, Object scenario, Object... more) {
        Path trace = folder.resolve(name);
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "record";
        arguments[1] = scenario;
        arguments[2] = "-o";
        arguments[3] = trace;
        System.arraycopy(more, 0, arguments, 4, more.length);
        CommandRun.of(arguments).fine();
        return trace;
    }
}
