package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.isa.Assembler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class DisasmCommandTest {
    private static final String UNDEFINED = "ff00000000000001";

    @TempDir Path folder = Path.of("");

    @Test
    void everyWordGivesExactlyOneLine() throws IOException {
        Path words =
                text(
                        """
                        0000000000000000
                          0x0300000000FF0000\t
                        1
                        0X16000000600000ff
                        1800420000000003
                        %s\r
                        330142460008000f\
                        """
                                .formatted(UNDEFINED));
        assertEquals(
                List.of(
                        "NOP",
                        "WAIT #ff",
                        "NOP",
                        "BRANCH.always r0, #255",
                        "UNKNOWN_24 0x420000000003",
                        "UNKNOWN_255 0x1",
                        "SYNC_ADD64.error_propagate.system [d66], d70, #8, #1"),
                CommandRun.of("disasm", "--words", words).out().lines().toList());
    }

    @Test
    void wordsComeFromStandardInput() {
        byte[] input = "0300000000ff0000\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals("WAIT #ff\n", CommandRun.withInput(input, "disasm", "--words", "-").fine());
        assertEquals("", CommandRun.withInput(new byte[0], "disasm", "--words", "-").fine());
    }

    @ParameterizedTest
    @CsvSource({
        "10, ADD_IMMEDIATE32 r67 r66 #-1, SYNC_SET64..system [d92] d94 #0 #0",
        "11, ADD_IMMEDIATE32 r67 r66 #-1, SYNC_SET64..system.defer_immediate [d92] d94 #0 #0",
        "12, ADD_IMMEDIATE32 r67 r66 #-1, SYNC_SET64..system.defer_immediate [d92] d94 #0 #0",
        "13, ADD_IMM32 r67 r66 #-1, SYNC_SET64..system.defer_immediate [d92] d94 #0 #0"
    })
    void architectureChoosesTheTable(int architecture, String first, String second)
            throws IOException {
        Path words = text("10434200ffffffff\n34005c5e00000000\n");
        assertEquals(
                List.of(first, second),
                CommandRun.of("disasm", "--arch", architecture, "--words", words).lines().stream()
                        .map(line -> line.replace(",", ""))
                        .toList());
    }

    @Test
    void reservedBitsAreCountedBesideTheOutput() throws IOException {
        Path words = text("0300000000ff0001\n0\n0900000000000100\n");
        CommandRun plain = CommandRun.of("disasm", "--words", words);
        assertEquals(0, plain.status());
        assertEquals("WAIT #ff\nNOP\nFINISH_TILING\n", plain.out());
        assertEquals(
                "panscope: "
                        + words
                        + ": 2 words have reserved bits set, lines 1, 3 (--annotate shows them)\n",
                plain.err());
        CommandRun annotated = CommandRun.of("disasm", "--annotate", "--words", words);
        assertEquals(
                "WAIT #ff // with reserved=0x1\nNOP\nFINISH_TILING // with reserved=0x100\n",
                annotated.out());
        assertTrue(annotated.err().endsWith("lines 1, 3\n"), annotated.err());
    }

    @Test
    void onlyTheFirstReservedBitsAreNamed() throws IOException {
        CommandRun run =
                CommandRun.of("disasm", "--words", text("0300000000ff0001\n".repeat(1000)));
        assertTrue(run.err().contains(": 1000 words have reserved bits set, lines 1, 2, 3, 4, 5,"));
        assertEquals(1, run.err().lines().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'0\n\n0\n' | 2 | expected a 64-bit hexadecimal word, found an empty line",
                "'0\n  \n' | 2 | expected a 64-bit hexadecimal word, found an empty line",
                "'WAIT #1\n' | 1 | expected a 64-bit hexadecimal word, found 'W'",
                "'0\n0x\n' | 2 | expected a 64-bit hexadecimal word, found an empty line",
                "'00000000000000000\n' | 1 | a word has at most 16 hexadecimal digits",
                "'0x10000000000000000\n' | 1 | a word has at most 16 hexadecimal digits",
                "'0 1\n' | 1 | expected the end of the line, found '1'",
                "'12g4\n' | 1 | expected the end of the line, found 'g'",
            })
    void badLineIsNamedWithItsCause(String input, int line, String cause) throws IOException {
        Path words = text(input);
        CommandRun run = CommandRun.of("disasm", "--words", words);
        assertEquals(1, run.status());
        assertEquals("panscope: " + words + ":" + line + ": " + cause + "\n", run.err());
        assertEquals("NOP\n".repeat(line - 1), run.out());
    }

    @Test
    void wrongUsageIsRefused() throws IOException {
        Path words = text("0\n");
        assertEquals("either FILE or --words FILE is needed", CommandRun.of("disasm").wrongUsage());
        assertEquals(
                "either FILE or --words FILE is needed",
                CommandRun.of("disasm", words, "--words", words).wrongUsage());
        assertEquals(
                "--base and --memory are for FILE, not for --words",
                CommandRun.of("disasm", "--base", "0x1000", "--words", words).wrongUsage());
        assertEquals(
                "--arch: architecture 9 is not known; there are 10 to 13",
                CommandRun.of("disasm", "--arch", "9", "--words", words).wrongUsage());
        assertTrue(
                CommandRun.of("disasm", "--base", "0x1001", words)
                        .wrongUsage()
                        .contains("not a multiple of 8"));
        Path code = code("NOP");
        assertEquals(
                "memory at 0x1000 overlaps memory at 0x1000",
                CommandRun.of("disasm", "--base", "0x1000", "--memory", "0x1000=" + code, code)
                        .wrongUsage());
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + ": no such file", CommandRun.of("disasm", "--words", missing).failure());
        assertEquals(missing + ": no such file", CommandRun.of("disasm", missing).failure());
        assertEquals(
                folder + ": is a folder, not a file", CommandRun.of("disasm", folder).failure());
        assertEquals(
                missing + ": no such file",
                CommandRun.of("disasm", "--memory", "0x1000=" + missing, code("NOP")).failure());
    }

    @Test
    void listingFollowsCallsIntoTheMemoryGiven() throws IOException {
        Path main =
                code(
                        "MOVE48 d92, #0x500000",
                        "MOVE32 r94, #0x10",
                        "CALL d92, r94",
                        "MOVE32 r94, #0x8",
                        "CALL d92, r94");
        Path called = code("RUN_FRAGMENT.tile_order=zorder", "BRANCH.always r0, #-2");
        assertEquals(
                """
                0000000000010000  015c000000500000  MOVE48 d92, #0x500000
                0000000000010008  025e000000000010  MOVE32 r94, #0x10
                0000000000010010  20005c5e00000000  CALL d92, r94 // cs@500000
                0000000000500000  0700000000000000    RUN_FRAGMENT.tile_order=zorder // tracepoint_500000
                0000000000500008  160000006000fffe    BRANCH.always r0, #-2 // label_500000
                0000000000010018  025e000000000008  MOVE32 r94, #0x8
                0000000000010020  20005c5e00000000  CALL d92, r94 // cs@500000
                0000000000500000  0700000000000000    RUN_FRAGMENT.tile_order=zorder // tracepoint_500000
                """,
                CommandRun.of("disasm", main, "--base", "0x10000", "--memory", "0x500000=" + called)
                        .fine());
    }

    @Test
    void bytesBehindTheLastWordAreShown() throws IOException {
        Path file = folder.resolve("cut.bin");
        Files.write(file, new byte[] {0, 0, 0, 0, 0, 0, 0, 3, (byte) 0xab, 1});
        CommandRun run = CommandRun.of("disasm", file);
        assertEquals(0, run.status());
        assertEquals(
                """
                0000000000000000  0300000000000000  WAIT #0
                0000000000000008  // no whole word, bytes ab 01
                """,
                run.out());
        assertEquals("panscope: " + file + ": the last 2 bytes are no whole word\n", run.err());
    }

    private Path text(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "words", ".txt"), content);
    }

    private Path code(String... lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * lines.length).order(ByteOrder.LITTLE_ENDIAN);
        for (String line : lines) {
            bytes.putLong(Assembler.assemble(line));
        }
        return Files.write(Files.createTempFile(folder, "code", ".bin"), bytes.array());
    }
}
