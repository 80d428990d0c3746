package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.core.isa.Assembler;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ExecCommandTest {
    private static final String CODE = "0x5000";

    @TempDir private Path folder;

    @Test
    void jsonHasOneLineForEachInstructionAndOneForTheEnd() {
        Path code = words("MOVE48 d40, #0x500000", "MOVE32 r3, #0x7");
        List<JsonNode> lines = exec(code, 16, "--json").jsonLines();
        assertEquals(
                "{\"addr\":\"0x5000\",\"word\":\"0128000000500000\",\"depth\":1,"
                        + "\"text\":\"MOVE48 d40, #0x500000\"}",
                lines.getFirst().toString());
        JsonNode end = lines.getLast();
        assertEquals(3, lines.size());
        assertEquals("end", end.get("end").asString());
        assertEquals(96, end.get("registers").size());
        assertEquals("0x7", end.get("registers").get(3).asString());
        assertEquals("0x0", end.get("registers").get(4).asString());
        assertEquals(2, end.size());
    }

    @Test
    void textIsTheExecutionListingAndThenTheRegisters() {
        Path code = words("MOVE48 d40, #0x500000");
        assertEquals(
                List.of(
                        "  00 00 50 00 00 00 28 01    MOVE48 d40, #0x500000",
                        "",
                        "end: end",
                        "r40  0x00500000"),
                exec(code, 8).lines());
        assertEquals(
                "  00 00 50 00 00 00 28 01  MOVE48 d40, #0x500000",
                exec(code, 8, "--usermode-queue").lines().getFirst());
    }

    @Test
    void undefinedOpcodeIsListedWithTheDecodersOwnNewline() {
        CommandRun run = exec(bytes(0xff00_0000_0000_0012L), 8);
        assertEquals(1, run.status());
        assertEquals(
                List.of(
                        "  12 00 00 00 00 00 00 ff    UNKNOWN_255 0x12",
                        "",
                        "",
                        "end: CS_INSTR_INVALID (0x49), info 0xff00000000000012, at 0x5000"),
                run.out().lines().toList());
        assertEquals(
                "panscope: the stream did not reach its end: CS_INSTR_INVALID (0x49), info"
                        + " 0xff00000000000012, at 0x5000\n",
                run.err());
    }

    @Test
    void registersAreSetFromDecimalAndHexadecimal() {
        Path code = words("ADD_IMMEDIATE64 d4, d2, #1", "ADD_IMMEDIATE32 r6, r8, #0");
        JsonNode registers =
                exec(code, 16, "--json", "--reg", "d2=0xffffffff", "r8=-2")
                        .jsonLines()
                        .getLast()
                        .get("registers");
        assertEquals("0x0", registers.get(4).asString());
        assertEquals("0x1", registers.get(5).asString());
        assertEquals("0xfffffffe", registers.get(6).asString());
    }

    @Test
    void memoryThatWasNotGivenReadsAsZeroUnlessStrict() {
        Path code = words("MOVE48 d2, #0x900000", "LOAD_MULTIPLE r4, [d2]");
        exec(code, 16).fine();
        assertTrue(
                exec(code, 16, "--strict")
                        .err()
                        .contains("CS_BUS_FAULT (0x48): read of 0x900000, where no memory"));
    }

    @Test
    void storedMemoryIsWrittenToAFile() throws IOException {
        Path code =
                words("MOVE48 d2, #0x900ffc", "MOVE32 r4, #0x1234", "STORE_MULTIPLE [d2], r4:r5");
        Path dump = folder.resolve("dump");
        exec(code, 24, "--reg", "r5=1", "--dump-memory", "0x900ff8:16=" + dump).fine();
        assertArrayEquals(
                new byte[] {0, 0, 0, 0, 0x34, 0x12, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
                Files.readAllBytes(dump));
    }

    @Test
    void syncWaitCanBePassed() {
        Path code = words("SYNC_WAIT64gt.inherit d2, d4", "MOVE32 r9, #0x1");
        CommandRun blocked = exec(code, 16, "--reg", "d2=0x10000");
        assertEquals(1, blocked.status());
        assertTrue(blocked.out().contains("end: blocked: sync object at 0x10000 is not > 0"));
        exec(code, 16, "--reg", "d2=0x10000", "--pass-sync-waits").fine();
    }

    @Test
    void endlessLoopEndsAtTheLimit() {
        Path code = words("BRANCH.always r0, #-1");
        CommandRun run = exec(code, 8, "--limit", "5");
        assertEquals(1, run.status());
        assertEquals(7, run.out().lines().count());
        assertTrue(run.out().endsWith("end: limit of 5 instructions reached\n"), run.out());
    }

    @Test
    void architectureDecidesRegistersAndInstructions() {
        Path code = bytes(0x1304_0405_0000_000fL);
        JsonNode end = exec(code, 8, "--arch", "12", "--json").jsonLines().getLast();
        assertEquals(128, end.get("registers").size());
        assertEquals("0xffffffff", end.get("registers").get(4).asString());
        assertTrue(exec(code, 8).err().contains("CS_INSTR_INVALID (0x49)"));
        assertEquals("architecture 9 is not known; there are 10 to 13", bad(code, "--arch=9"));
    }

    @Test
    void openChoicesOfTheHardwareCanBeSet() {
        Path code = words("BRANCH.always r0, #5", "NOP");
        assertTrue(exec(code, 16).err().contains("CS_INSTR_INVALID"));
        exec(code, 16, "--set", "cs.branch_outside=1").fine();
    }

    @Test
    void recoverableFaultsAreListed() {
        Path code = words("SYNC_WAIT64gt.inherit d2, d4");
        Path object = bytesIn("object", 1, 1);
        String[] options = {"--memory", "0x9000=" + object, "--reg", "d2=0x9000"};
        assertEquals(
                "fault: CS_INHERIT_FAULT (0x4b), info 0x9000, at 0x5000",
                exec(code, 8, options).lines().get(2));
        List<String> json = new ArrayList<>(Arrays.asList(options));
        json.add("--json");
        JsonNode end = exec(code, 8, json.toArray(new String[0])).jsonLines().getLast();
        assertEquals("end", end.get("end").asString());
        assertEquals(1, end.get("faults").size());
    }

    @Test
    void warningsStandBesideTheOutput() {
        Path code = words("LOAD_MULTIPLE r4, [d2]", "ADD_IMMEDIATE32 r5, r4, #1", "WAIT #1");
        String warning =
                "0x5008 ADD_IMMEDIATE32 r5, r4, #1 reads r4 while it is loaded by 0x5000"
                        + " LOAD_MULTIPLE r4, [d2]: WAIT for slot 0 is missing";
        CommandRun text = exec(code, 24);
        assertEquals(0, text.status());
        assertEquals("panscope: warning: " + warning + "\n", text.err());
        String end = exec(code, 24, "--json").out().lines().toList().getLast();
        assertTrue(end.endsWith(",\"warnings\":[\"" + warning + "\"]}"), end);
        assertFalse(exec(words("NOP"), 8, "--json").jsonLines().getLast().has("warnings"));
    }

    @Test
    void wrongUsageIsSaidInOneLine() {
        Path code = words("NOP");
        String memory = "--memory=" + CODE + "=" + code;
        assertEquals(
                "Invalid value for option '--size': '12' is not a multiple of 8",
                CommandRun.of("exec", memory, "--entry", CODE, "--size", 12).wrongUsage());
        assertTrue(refused(memory, "--entry=0x5004", "--size=8").contains("not a multiple of 8"));
        assertTrue(refused(memory, "--entry=5x", "--size=8").contains("'5x' is not a decimal"));
        assertTrue(refused(memory, "--entry", CODE).contains("'--size=BYTES'"));
        assertEquals("no register r96, the last one is r95", bad(code, "--reg=r96=1"));
        assertEquals("no register r96, the last one is r95", bad(code, "--reg=d95=1"));
        assertTrue(bad(code, "--reg=x1=1").contains("'x1=1' is neither rN=V nor dN=V"));
        assertTrue(bad(code, "--reg=r1=0x100000000").contains("over 32 bits"));
        assertEquals(
                "memory at 0x5004 overlaps memory at 0x5000", bad(code, "--memory=0x5004=" + code));
        assertTrue(bad(code, "--memory=0x5004").contains("is not VA=FILE"));
        assertTrue(bad(code, "--set=no.such=1").contains("no such parameter: no.such"));
        assertTrue(bad(code, "--dump-memory=1=x").contains("is not VA:SIZE=FILE"));
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": no such file", exec(missing, 8).failure());
        assertEquals(folder + ": is a folder, not a file", exec(folder, 8).failure());
        Path empty = Files.createFile(folder.resolve("empty"));
        assertEquals(empty + ": is empty", exec(empty, 8).failure());
    }

    private static String bad(Path code, String option) {
        return exec(code, 8, option).wrongUsage();
    }

    private static String refused(String... options) {
        List<Object> all = new ArrayList<>(List.of("exec"));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray()).wrongUsage();
    }

    private static CommandRun exec(Path code, int sizeBytes, String... options) {
        List<Object> all =
                new ArrayList<>(
                        List.of(
                                "exec",
                                "--memory",
                                CODE + "=" + code,
                                "--entry",
                                CODE,
                                "--size",
                                sizeBytes));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    private Path words(String... lines) {
        return bytes(Arrays.stream(lines).mapToLong(Assembler::assemble).toArray());
    }

    private Path bytes(long... words) {
        return bytesIn("code", words);
    }

    private Path bytesIn(String name, long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        Path file = folder.resolve(name);
        try {
            return Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
