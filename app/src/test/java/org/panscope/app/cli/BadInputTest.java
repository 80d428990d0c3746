package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.io.TraceFormatException;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// What cannot be read or done: one line, the exit status of the contract, nothing left behind.
class BadInputTest {
    private static final String DAT =
            CommandRun.SAMPLES.resolve("captures").resolve("panscope-sample.dat").toString();

    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    /// What each command does with one input; `%o` stands for an output in the test's folder.
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("info"),
                    List.of("info", "--json"),
                    List.of("dump"),
                    List.of("dump", "--format", "jsonl"),
                    List.of("state"),
                    List.of("state", "--json"),
                    List.of("import", "-o", "%o/out.pscope"),
                    List.of("import", "-o", "%o/out.jsonl"),
                    List.of("record", "-o", "%o/out.pscope"),
                    List.of("screenshot", "-o", "%o/out.png"),
                    List.of("export", "-o", "%o/out.txt", "--to", "ftrace"),
                    List.of("open"));

    @TempDir Path inputs = Path.of("");
    @TempDir Path outputs = Path.of("");
    @TempDir Path temporary = Path.of("");
    private String temporaryBefore = "";

    @BeforeEach
    void useOwnTemporaryFolder() {
        temporaryBefore = System.setProperty(TEMPORARY_FOLDER, temporary.toString());
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        System.setProperty(TEMPORARY_FOLDER, temporaryBefore);
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    missing       | no such file
                    folder        | is a folder, not a file
                    empty         | the file holds nothing
                    random        | it is no trace, scenario or ftrace text
                    perfetto      | it is no trace, scenario or ftrace text
                    array.json    | it is no trace, scenario or ftrace text
                    """)
    void unreadableInputIsRefusedByEveryCommand(String kind, String reason) throws IOException {
        Path input = make(kind);
        for (List<String> command : COMMANDS) {
            String said = run(command, input).failure();
            assertTrue(said.startsWith(input + ": "), () -> command + ": " + said);
            assertTrue(said.contains(reason), () -> command + ": " + said);
        }
        assertNoOutput();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    newer.pscope  | is of format version 2.0
                    header.pscope | byte 12
                    stub.pscope   | too few
                    cut.dat       | the file is truncated
                    old.dat       | is neither 6 nor 7
                    cut.gz        | packed data
                    syntax.json   | syntax.json:2:1
                    key.json      | key.json:2:3
                    assembly.json | assembly.json:9:
                    """)
    void brokenInputIsRefusedWithThePlace(String kind, String reason) throws IOException {
        Path input = make(kind);
        for (List<String> command : COMMANDS) {
            if (command.contains("open")
                    || (command.contains("record") && !kind.endsWith(".json"))) {
                continue;
            }
            String said = run(command, input).failure();
            assertTrue(said.startsWith(input.toString()), () -> command + ": " + said);
            assertTrue(said.contains(reason), () -> command + ": " + said);
        }
        assertNoOutput();
    }

    @ParameterizedTest
    @CsvSource({
        "truncated.pscope,truncated",
        "corrupt.pscope,corrupt-chunk",
        "line.jsonl,bad-json"
    })
    void damagedInputOpensAndTellsWhatIsLost(String kind, String reason) throws IOException {
        Path input = make(kind);
        JsonNode lost = CommandRun.of("info", "--json", input).json().get("lost");
        assertTrue(lost.size() > 0);
        assertEquals(reason, lost.get(0).get("reason").asString());
        assertTrue(lost.get(0).get("message").asString().startsWith(input.toString()));
        for (List<String> command : COMMANDS) {
            if (!command.contains("open")
                    && !command.contains("record")
                    && !command.contains("export")) {
                run(command, input).fine();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    frobnicate                              | there is no command frobnicate
                    info --nope %i                          | Unknown option: '--nope'
                    info                                    | FILE
                    info %i %i                              | Unmatched argument
                    dump --format xml %i                    | JSONL
                    dump --where type== %i                  | --where, column 7
                    dump --where nofield==1 %i              | --where, column 1
                    dump --from soon %i                     | cursor=soon
                    dump --from #99999 %i                   | beyond the end
                    dump --from #9 --to #3 %i               | --from #9 is after --to #3
                    dump --from 1000s --to 900s %i          | is after --to
                    state --at yesterday %i                 | cursor=yesterday
                    state --at #99999 %i                    | beyond the end
                    state --object ring %i                  | ring
                    screenshot %i                           | --output
                    screenshot -o %o/x.gif %i               | .png or .svg
                    screenshot -o %o/x.png --width 7 %i     | width=7
                    screenshot -o %o/x.png --width 9999999 %i | width=9999999
                    screenshot -o %o/x.png --width 30000 --height 30000 %i | pixels
                    screenshot -o %o/x.png --from 9ms --to 1ms %i | is after --to
                    record %i                               | --output
                    record -o %o/x.pscope                   | SCENARIO
                    record -o %o/x.png %i                   | .pscope or .jsonl
                    record -o %o/x.pscope --set nope=1 %i   | "nope"
                    record -o %o/x.pscope --set nope %i     | SWITCH=VALUE
                    record -o %o/x.pscope --set client.load_ns=soon %i | client.load_ns
                    record -o %o/x.pscope --seed x %i       | --seed
                    record -o %o/x.pscope --tracepoints nope %i | "nope" names no tracepoint
                    record -o %o/x.pscope --tracepoints irq,: %i | ":" names no tracepoint
                    export %i                               | --output
                    export -o %o/x.txt %i                   | --to
                    export -o %o/x.txt --to nope %i         | there is no format nope; there are ftrace
                    export -o %o/x.txt --to ftrace          | FILE
                    import %i                               | --output
                    import -o %o/x.json %i                  | .pscope or .jsonl
                    import -o %o/x.pscope %i %i --offset y=1 | none of the files
                    import -o %o/x.pscope %i --clock y=mono | none of the files
                    bench                                   | benchmark
                    bench trace --events 0                  | --events 0
                    bench emulator --batches 0              | --batches 0
                    bench emulator --batches 15001          | --batches 15001
                    """)
    void wrongUsageIsExplained(String line, String reason) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" +", -1)) {
            words.add(
                    word.equals("%i") ? CommandRun.HELLO : word.replace("%o", outputs.toString()));
        }
        String said = CommandRun.of(words.toArray()).wrongUsage();
        assertTrue(said.contains(reason), said);
        assertNoOutput();
    }

    @ParameterizedTest
    @CsvSource({"nowhere/x,its folder does not exist", "taken,is a folder"})
    void outputThatCannotBeWrittenIsNamed(String name, String reason) throws IOException {
        Files.createDirectory(outputs.resolve("taken.pscope"));
        Files.createDirectory(outputs.resolve("taken.png"));
        Path trace = outputs.resolve(name + ".pscope");
        Path picture = outputs.resolve(name + ".png");
        for (CommandRun run :
                List.of(
                        CommandRun.of("record", CommandRun.HELLO, "-o", trace),
                        CommandRun.of("import", CommandRun.HELLO, "-o", trace),
                        CommandRun.of("screenshot", CommandRun.HELLO, "-o", picture),
                        CommandRun.of(
                                "export", CommandRun.HELLO, "--to", "ftrace", "-o", picture))) {
            String said = run.failure();
            assertTrue(said.startsWith(outputs + "/" + name) && said.contains(reason), said);
        }
    }

    @Test
    void failureLeavesAnOlderOutputAlone() throws IOException {
        Path old = Files.writeString(outputs.resolve("old.pscope"), "as it was");
        CommandRun.of("import", make("random"), "-o", old).failure();
        CommandRun.of("record", make("key.json"), "-o", old).failure();
        assertEquals("as it was", Files.readString(old));
    }

    @Test
    void emptyStandardInputIsRefused() {
        String said = CommandRun.withInput(new byte[0], "info", "-").failure();
        assertEquals("standard input: cannot be read; the file holds nothing", said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"seq\":0,\"x\":\"", "# tracer: nop\n", "cpus=1\n", "{\"name\": \"", ""})
    void lineOfFiftyMegabytesIsSurvived(String beginning) throws IOException {
        byte[] bytes = new byte[50 << 20];
        Arrays.fill(bytes, (byte) 'x');
        byte[] first = beginning.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(first, 0, bytes, 0, first.length);
        Path input = Files.write(inputs.resolve("long"), bytes);
        CommandRun run = CommandRun.of("info", input);
        if (run.status() == 0) {
            assertTrue(run.fine().contains("lost"), run.out());
        } else {
            assertTrue(run.failure().length() < 500, run.err());
        }
    }

    @Test
    void damageFoundLateIsOneLine() {
        UncheckedIOException late =
                new UncheckedIOException(
                        new TraceFormatException("a.pscope, byte 9: the column ends\ntoo early"));
        assertEquals("a.pscope, byte 9: the column ends too early", Failure.oneLine(late));
    }

    @Test
    void nameThatWouldSteerTheTerminalIsPrintedWithoutControls() {
        String said = CommandRun.of("info", "no\u001b[31m\nfile").failure();
        assertEquals("no [31m file: no such file", said);
    }

    private CommandRun run(List<String> command, Path input) {
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.replace("%o", outputs.toString())));
        words.add(input.toString());
        return CommandRun.of(words.toArray());
    }

    private void assertNoOutput() {
        try (Stream<Path> files = Files.list(outputs)) {
            assertEquals(List.of(), files.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path make(String kind) throws IOException {
        Path path = inputs.resolve(kind);
        switch (kind) {
            case "missing" -> {}
            case "folder" -> Files.createDirectory(path);
            case "empty" -> Files.createFile(path);
            case "random" -> {
                byte[] bytes = new byte[5000];
                new Random(1).nextBytes(bytes);
                Files.write(path, bytes);
            }
            case "cut.dat" ->
                    Files.write(path, Arrays.copyOf(Files.readAllBytes(Path.of(DAT)), 4000));
            case "old.dat" -> {
                byte[] bytes = Files.readAllBytes(Path.of(DAT));
                bytes[10] = '5';
                Files.write(path, bytes);
            }
            case "perfetto" -> Files.write(path, new byte[] {0x0a, 0x05, 0x10, 0x01, 0x02, 0, 0});
            case "array.json" -> Files.writeString(path, "[{\"name\": \"X\"}]");
            case "newer.pscope" -> Files.write(path, newerVersion());
            case "header.pscope" -> Files.write(path, changed(9));
            case "stub.pscope" -> Files.write(path, Arrays.copyOf(recorded(), 10));
            case "truncated.pscope" -> Files.write(path, Arrays.copyOf(recorded(), 9000));
            case "corrupt.pscope" -> Files.write(path, changed(9000));
            case "cut.gz" -> {
                byte[] packed =
                        ImportCommandTest.gzip(Files.readAllBytes(Path.of(CommandRun.HELLO)));
                Files.write(path, Arrays.copyOf(packed, packed.length - 40));
            }
            case "line.jsonl" ->
                    Files.writeString(
                            path,
                            CommandRun.of("dump", "--format", "jsonl", CommandRun.HELLO).fine()
                                    + "{\"seq\": broken\n");
            case "syntax.json" -> Files.writeString(path, "{ \"name\": \n");
            case "key.json" -> Files.writeString(path, "{\n  \"machines\": 3}");
            case "assembly.json" ->
                    Files.writeString(
                            path,
                            """
                            {"name": "a", "processes": [{"name": "p", "threads": [{"name": "t", "steps": [
                            {"op": "open", "name": "dev"},
                            {"op": "vm_create", "name": "vm"},
                            {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
                             "queues": [{"ring_size": 65536}]},
                            {"op": "map_queue", "group": "group"},
                            {"op": "submit", "group": "group", "notify": "ring", "code": [
                            "WAIT #1",
                            "FROB r1"]}]}]}]}
                            """);
            default -> throw new IllegalArgumentException(kind);
        }
        return path;
    }

    private byte[] recorded() throws IOException {
        Path trace = inputs.resolve("recorded.pscope");
        CommandRun.of("record", CommandRun.HELLO, "-o", trace).fine();
        return Files.readAllBytes(trace);
    }

    private byte[] changed(int at) throws IOException {
        byte[] bytes = recorded();
        bytes[at] ^= 0x55;
        return bytes;
    }

    /// A file of major version 2, with a header that is sound.
    private byte[] newerVersion() throws IOException {
        byte[] bytes = recorded();
        bytes[8] = 2;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        return bytes;
    }
}
