package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.isa.Isa;

import java.util.Map;
import java.util.stream.Stream;

class ScenarioFileTest {
    /// A scenario of one thread with these lines of steps, the first on line 2.
    private static String withSteps(String steps) {
        return """
        {"name": "t", "processes": [{"name": "p", "threads": [{"name": "m", "steps": [
        %s
        ]}]}]}
        """
                .formatted(steps);
    }

    private static final String BUFFER =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "cmd", "size": 4096},
            {"op": "vm_bind", "vm": "vm", "bo": "cmd", "va": "0x100000"},
            """;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("", 1, 1, "the file is empty"),
                mistake("[]", 1, 1, "a scenario is an object, not an array"),
                mistake("{\"name\": \"t\"}", 1, 1, "lacks its key \"processes\""),
                mistake("{\n \"nam\": \"t\"}", 2, 2, "no key \"nam\"; it has name, about"),
                mistake("{\"name\": 7}", 1, 10, "\"name\" takes a string, not a number"),
                mistake("{\"name\": \" \"}", 1, 10, "must not be empty"),
                mistake("{\"name\": \"t\",\n\"name\": \"u\"}", 2, 7, "Duplicate Object property"),
                mistake("{\"name\": \"t\",\n  \"seed\": 1.5}", 2, 11, "numbers are whole"),
                mistake("{\"name\": \"t\" \"about\"}", 1, 14, "comma"),
                mistake("{\"name\": \"t\", \"processes\": []}", 1, 28, "at least one process"),
                mistake(
                        "{\"name\": \"t\", \"time_limit\": \"5 min\"}",
                        1,
                        29,
                        "a duration such as"),
                mistake("{} x", 1, 4, "Unrecognized token"),
                mistake(withSteps("{\"op\": \"opne\"}"), 2, 8, "there is no step \"opne\""),
                mistake(withSteps("{\"name\": \"x\"}"), 2, 1, "key \"op\""),
                mistake(withSteps("[]"), 2, 1, "a step is an object"),
                mistake(withSteps("{\"op\": \"sleep\"}"), 2, 1, "lacks its key \"for\""),
                mistake(
                        withSteps("{\"op\": \"sleep\", \"for\": \"1ms\", \"to\": 1}"),
                        2,
                        31,
                        "a sleep has no key \"to\""),
                mistake(
                        withSteps("{\"op\": \"repeat\", \"count\": -1, \"steps\": []}"),
                        2,
                        27,
                        "lies between 0"),
                mistake(withSteps("{\"op\": \"open\", \"name\": \"1st\"}"), 2, 24, "is no name"),
                mistake(
                        withSteps(
                                "{\"op\": \"open\", \"name\": \"a\"},\n"
                                        + "{\"op\": \"vm_create\", \"name\": \"a\"}"),
                        3,
                        29,
                        "\"a\" names a open file already"),
                mistake(
                        withSteps("{\"op\": \"vm_destroy\", \"vm\": \"vm\"}"),
                        2,
                        28,
                        "no step of this process makes a VM \"vm\""),
                mistake(
                        withSteps(BUFFER + "{\"op\": \"vm_destroy\", \"vm\": \"cmd\"}"),
                        6,
                        28,
                        "\"cmd\" is a buffer object, not a VM"),
                mistake(
                        withSteps(
                                BUFFER
                                        + "{\"op\": \"vm_unbind\", \"vm\": \"vm\","
                                        + " \"va\": \"${cmd}*2\", \"size\": 4096}"),
                        6,
                        39,
                        "is no address"),
                mistake(
                        withSteps(
                                BUFFER
                                        + "{\"op\": \"bo_write\", \"bo\": \"cmd\", \"code\": [\n"
                                        + "  \"NOP\",\n  \"MOVE48 d2\"]}"),
                        8,
                        3,
                        "cannot assemble \"MOVE48 d2\""),
                mistake(
                        withSteps(
                                BUFFER
                                        + "{\"op\": \"bo_write\", \"bo\": \"cmd\", \"code\": [\n"
                                        + "  \"MOVE48 d2, #${S}\"]}"),
                        7,
                        3,
                        "${S.va} is not known here"),
                mistake(
                        withSteps(
                                BUFFER
                                        + "{\"op\": \"bo_write\", \"bo\": \"cmd\", \"pad_to\": 12,"
                                        + " \"code\": [\"NOP\"]}"),
                        6,
                        43,
                        "multiple of 8"),
                mistake(
                        withSteps(
                                "{\"op\": \"open\", \"name\": \"dev\"},\n"
                                        + "{\"op\": \"vm_create\", \"name\": \"vm\","
                                        + " \"expect_errno\": \"EFOO\"}"),
                        3,
                        51,
                        "\"EFOO\" is no errno"),
                mistake(
                        withSteps("{\"op\": \"open\", \"name\": \"dev\"},\n{\"op\": \"kick\"}"),
                        3,
                        1,
                        "either \"group\" or \"handle\""));
    }

    private static Arguments mistake(String text, int line, int column, String message) {
        return Arguments.of(text, new Place(line, column), message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsToldWithItsPlace(String text, Place place, String message) {
        ScenarioException thrown =
                assertThrows(ScenarioException.class, () -> load(text, Map.of()));
        assertEquals(place, thrown.place(), thrown.getMessage());
        String told = String.valueOf(thrown.getMessage());
        assertTrue(told.startsWith("test.json:" + place + ": "), told);
        assertTrue(told.contains(message), told);
    }

    /// A scenario ready to run.
    private static ScenarioRun load(String text, Map<String, String> settings)
            throws ScenarioException {
        return ScenarioRun.of(ScenarioFile.parse("test.json", text), 0, settings);
    }

    @Test
    void symbolsAreAddressesAndSizesOfEarlierSteps() throws Exception {
        Scenario scenario =
                ScenarioFile.parse(
                        "test.json",
                        withSteps(
                                BUFFER
                                        +
"""
{"op": "mmap_bo", "bo": "cmd"},
{"op": "sync_object", "name": "S", "bo": "cmd", "vm": "vm", "offset": "0x40"},
{"op": "bo_write", "bo": "cmd", "code": ["MOVE48 d2, #${S+0x8}", "MOVE32 r4, #${cmd.size}", "0x1"]},
{"op": "bo_write", "bo": "cmd", "offset": 512, "pad_to": 8, "code": ["MOVE32 r4, #${cmd.code_size}"]},
"""));
        var steps = scenario.processes().getFirst().threads().getFirst().steps();
        Program program = new Program(scenario, Isa.of(10));
        long[] first = program.words(steps.get(6).args().code("code"), (_, _) -> null);
        assertEquals(8, first.length);
        assertEquals(0x0102_0000_0010_0048L, first[0]);
        assertEquals(0x0204_0000_0000_1000L, first[1]);
        assertEquals(1, first[2]);
        assertEquals(0, first[3]);
        long[] second = program.words(steps.get(7).args().code("code"), (_, _) -> null);
        assertEquals(1, second.length);
        assertEquals(0x0204_0000_0000_0040L, second[0]);
    }

    private static final String HEAP =
            """
            {"op": "open", "name": "dev"}, {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "cmd", "size": 4096},
            {"op": "tiler_heap_create", "name": "heap", "vm": "vm", "initial_chunk_count": 1,
             "chunk_size": "0x20000", "max_chunks": 2},
            """;

    @Test
    void theAddressOfAHeapIsFilledInWhenTheKernelHasDecidedIt() throws Exception {
        String write =
                """
                {"op": "bo_write", "bo": "cmd", "code": ["MOVE48 d2, #${heap+8}", "${heap.first_chunk}",
                 "MOVE32 r4, #${cmd.size}"]}
                """;
        Scenario scenario = ScenarioFile.parse("test.json", withSteps(HEAP + write));
        var steps = scenario.processes().getFirst().threads().getFirst().steps();
        long[] words =
                new Program(scenario, Isa.of(10))
                        .words(
                                steps.get(4).args().code("code"),
                                (name, aspect) -> aspect.equals("va") ? 0x8000_0000_1000L : 0x77L);
        assertEquals(0x0102_8000_0000_1008L, words[0]);
        assertEquals(0x77, words[1]);
        assertEquals(0x0204_0000_0000_1000L, words[2]);
    }

    @Test
    void onlyCodeCanNameWhatTheKernelDecides() {
        String bind = "{\"op\": \"vm_bind\", \"vm\": \"vm\", \"bo\": \"cmd\", \"va\": \"${heap}\"}";
        ScenarioException thrown =
                assertThrows(
                        ScenarioException.class,
                        () -> ScenarioFile.parse("test.json", withSteps(HEAP + bind)));
        assertTrue(String.valueOf(thrown.getMessage()).contains("only code can name it"));
    }

    @Test
    void commentsAndTrailingCommasAreAllowed() throws ScenarioException {
        String text =
                "// top\n" + withSteps("{\"op\": \"mark\", /* inside */ \"text\": \"hello\"},");
        assertEquals("t", ScenarioFile.parse("test.json", text).name());
    }
}
