package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// `disasm` and `exec` with input that nobody would give on purpose, or only with bad intentions:
/// the right exit status, one clear line, an end.
class HostileStreamTest {
    private static final long CODE = 0x5000;

    @TempDir Path folder = Path.of("");

    // ---- disasm -------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bom      | 1: expected a 64-bit hexadecimal word, found byte 0xef, and words are ASCII text
                    utf16    | 1: expected a 64-bit hexadecimal word, found byte 0xfe, and words are ASCII text
                    utf16le  | 1: expected the end of the line, found byte 0x0, and words are ASCII text
                    endless  | 1: a word has at most 16 hexadecimal digits
                    blanks   | 1: expected a 64-bit hexadecimal word, found an empty line
                    digits17 | 2: a word has at most 16 hexadecimal digits
                    sign     | 1: expected a 64-bit hexadecimal word, found '-'
                    two      | 1: expected the end of the line, found 'x'
                    """)
    void textThatIsNoWordsIsNamedWithItsLine(String kind, String told) throws IOException {
        Path file = folder.resolve(kind);
        Files.write(
                file,
                switch (kind) {
                    case "bom" -> ascii("\u00ef\u00bb\u00bf0\n");
                    case "utf16" -> "0\n".getBytes(StandardCharsets.UTF_16);
                    case "utf16le" -> "0\n".getBytes(StandardCharsets.UTF_16LE);
                    case "endless" -> ascii("0".repeat(5_000_000));
                    case "blanks" -> ascii(" ".repeat(5_000_000));
                    case "digits17" -> ascii("0\n12345678901234567\n");
                    case "sign" -> ascii("-1\n");
                    case "two" -> ascii("0x0x0\n");
                    default -> throw new IllegalArgumentException(kind);
                });
        CommandRun run = CommandRun.of("disasm", "--words", file);
        assertEquals(1, run.status());
        assertEquals("panscope: " + file + ":" + told + "\n", run.err());
    }

    @Test
    void usualVariantsOfTextAreWords() {
        Path file = file("words", ascii("0\r\n0X3\r\n  0x0300000000FF0000 \t\r\n0"));
        assertEquals(
                List.of("NOP", "NOP", "WAIT #ff", "NOP"),
                CommandRun.of("disasm", "--words", file).lines());
        assertEquals("", CommandRun.of("disasm", "--words", file("none", ascii(""))).fine());
    }

    @Test
    void randomBytesAreListedToTheEnd() {
        byte[] bytes = new byte[8001];
        new Random(1).nextBytes(bytes);
        for (int architecture = Isa.FIRST; architecture <= Isa.LAST; architecture++) {
            CommandRun run = CommandRun.of("disasm", "--arch", architecture, file("random", bytes));
            assertEquals(0, run.status());
            assertTrue(run.out().lines().count() >= 1000);
            assertTrue(run.err().endsWith(": the last byte is no whole word\n"), run.err());
            assertFalse(run.err().contains("Exception"), run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disasm", "disasm --words"})
    void whatCannotBeReadIsNamed(String command) {
        List<Object> words = new ArrayList<>(Arrays.asList((Object[]) command.split(" ")));
        assertEquals(folder + ": is a folder, not a file", with(words, folder).failure());
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": no such file", with(words, missing).failure());
        assertEquals("the name of a file is empty", with(words, "").failure());
    }

    private static CommandRun with(List<Object> words, Object last) {
        List<Object> all = new ArrayList<>(words);
        all.add(last);
        return CommandRun.of(all.toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --arch=9             | --arch: architecture 9 is not known; there are 10 to 13
                    --arch=14            | --arch: architecture 14 is not known; there are 10 to 13
                    --arch=x             | 'x' is not an int
                    --memory=0x10        | '0x10' is not VA=FILE
                    --memory=0x10=       | '0x10=' is not VA=FILE
                    --memory==f          | '=f' is not VA=FILE
                    --base=4             | '4' is not a multiple of 8
                    --base=0x10000000000000000 | is not a decimal or 0x hexadecimal number of at most 64 bits
                    --base=0xfffffffffffffff8  | 16 bytes at 0xfffffffffffffff8 run past the last address
                    """)
    void wrongOptionsOfDisasmAreRefused(String option, String told) {
        Path code = code("NOP", "NOP");
        String said = CommandRun.of("disasm", option, code).wrongUsage();
        assertTrue(said.contains(told), said);
    }

    // ---- exec ---------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --size=0xffffffffffffffff | '0xffffffffffffffff' is not a multiple of 8
                    --size=0xfffffffffffffff8 | the buffer ends past the address space
                    --size=-8                 | '-8' is not a decimal or 0x hexadecimal number
                    --entry=0x5004            | '0x5004' is not a multiple of 8
                    --entry=0xfffffffffffffff0 | the buffer ends past the address space
                    --limit=-1                | '-1' is not a decimal or 0x hexadecimal number
                    --limit=                  | '' is not a decimal or 0x hexadecimal number
                    --arch=14                 | architecture 14 is not known; there are 10 to 13
                    --reg=r-1=1               | 'r-1=1' is neither rN=V nor dN=V
                    --reg=r1                  | 'r1' is neither rN=V nor dN=V
                    --reg=r1=                 | '' is not a decimal or 0x hexadecimal number
                    --reg=r999=1              | no register r999, the last one is r95
                    --reg=r1=-2147483649      | the value in 'r1=-2147483649' has over 32 bits
                    --reg=d2=0x10000000000000000   | is not a decimal or 0x hexadecimal number
                    --reg=d2=-18446744073709551615 | is not a decimal or 0x hexadecimal number
                    --memory=0xfffffffffffffff8=%f | memory at 0xfffffffffffffff8 reaches past the end
                    --memory=0x5008=%f        | memory at 0x5008 overlaps memory at 0x5000
                    --set=gpu.id=0            | architecture 0 is not known
                    --set=gpu.id              | gpu.id
                    """)
    void wrongOptionsOfExecAreRefused(String option, String told) {
        Path code = code("NOP", "NOP");
        List<Object> words = new ArrayList<>(List.of("exec", "--memory", CODE + "=" + code));
        if (!option.startsWith("--entry")) {
            words.add("--entry=" + CODE);
        }
        if (!option.startsWith("--size")) {
            words.add("--size=16");
        }
        words.add(option.replace("%f", code.toString()));
        String said = CommandRun.of(words.toArray()).wrongUsage();
        assertTrue(said.contains(told), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    calls itself    | CS_CALL_STACK_OVERFLOW (0x4a), info 0x2000020400000000, at 0x5010
                    jumps to itself | limit of 5000 instructions reached
                    branches        | limit of 5000 instructions reached
                    stores          | limit of 5000 instructions reached
                    """)
    void streamsWithoutEndAreEnded(String kind, String reason) {
        Path code =
                switch (kind) {
                    case "calls itself" ->
                            code("MOVE48 d2, #0x5000", "MOVE32 r4, #0x18", "CALL d2, r4");
                    case "jumps to itself" ->
                            code("MOVE48 d2, #0x5000", "MOVE32 r4, #0x18", "JUMP d2, r4");
                    case "branches" -> code("BRANCH.always r0, #-1");
                    case "stores" -> storesEverywhere();
                    default -> throw new IllegalArgumentException(kind);
                };
        CommandRun run = exec(code, "--limit", "5000");
        assertEquals(1, run.status());
        assertEquals("panscope: the stream did not reach its end: " + reason + "\n", run.err());
        assertTrue(run.out().contains("\nend: " + reason + "\n"), run.out());
    }

    @Test
    void storesEverywhereEndWithTheMemoryOfARun() {
        String[] arguments = {
            "exec",
            "--memory=" + CODE + "=" + storesEverywhere(),
            "--entry=" + CODE,
            "--size=24",
            "--reg=d2=0x100000"
        };
        StringWriter err = new StringWriter();
        int status =
                PanscopeCommand.run(
                        new PrintWriter(Writer.nullWriter()), new PrintWriter(err), arguments);
        assertEquals(1, status);
        assertEquals(
                "panscope: the stream did not reach its end: no memory is left (a run has 256 MiB)"
                        + " for the write of 0x100ff000, at 0x5000\n",
                err.toString());
    }

    private Path storesEverywhere() {
        return code(
                "STORE_MULTIPLE [d2], r4",
                "ADD_IMMEDIATE64 d2, d2, #4096",
                "BRANCH.always r0, #-3");
    }

    @Test
    void noInstructionMayBeExecuted() {
        CommandRun none = exec(code("NOP"), "--limit=0");
        assertEquals(1, none.status());
        assertTrue(none.err().contains("limit of 0 instructions reached"), none.err());
        Path code = code("NOP");
        String memory = "--memory=" + CODE + "=" + code;
        assertTrue(
                CommandRun.of("exec", memory, "--entry=" + CODE, "--size=0")
                        .fine()
                        .contains("end: end"));
    }

    @Test
    void randomWordsEndInOneLine() {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[256];
            random.nextBytes(bytes);
            for (int at = 7; at < bytes.length; at += 8) {
                bytes[at] = (byte) (bytes[at] & 0x3f);
            }
            Path code = file("random", bytes);
            CommandRun run = exec(code, "--arch=" + (10 + i % 4), "--limit=2000");
            List<String> lines = run.err().lines().toList();
            long problems = lines.stream().filter(line -> !line.contains("warning: ")).count();
            assertEquals(run.status(), problems, run.err());
            assertFalse(run.err().contains("--debug shows where"), run.err());
        }
    }

    @Test
    void memoryMayComeFromStandardInput() {
        byte[] nops = new byte[16];
        CommandRun run =
                CommandRun.withInput(
                        nops, "exec", "--memory=0x5000=-", "--entry=0x5000", "--size=16");
        assertEquals(2 + 2, run.lines().size());
        CommandRun empty =
                CommandRun.withInput(
                        new byte[0], "exec", "--memory=0x5000=-", "--entry=0x5000", "--size=16");
        assertEquals("standard input: is empty", empty.failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=20000000", "--json"})
    void endsQuietlyWhenNobodyReadsOn(String option) {
        String[] arguments = {
            "exec",
            "--memory=" + CODE + "=" + code("BRANCH.always r0, #-1"),
            "--entry=" + CODE,
            "--size=8",
            option
        };
        StringWriter err = new StringWriter();
        int status =
                PanscopeCommand.run(
                        new PrintWriter(new ClosedPipe()), new PrintWriter(err), arguments);
        assertEquals("", err.toString());
        assertEquals(0, status);
    }

    /// What `| head -1` leaves behind.
    private static final class ClosedPipe extends Writer {
        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    }

    private static CommandRun exec(Path code, String... options) {
        List<Object> words = new ArrayList<>();
        words.add("exec");
        words.add("--memory=" + CODE + "=" + code);
        words.add("--entry=" + CODE);
        words.add("--size=" + code.toFile().length());
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray());
    }

    private Path code(String... lines) {
        Assembler assembler = new Assembler(Isa.of(10));
        ByteBuffer bytes = ByteBuffer.allocate(8 * lines.length).order(ByteOrder.LITTLE_ENDIAN);
        for (String line : lines) {
            bytes.putLong(assembler.word(line));
        }
        return file("code", bytes.array());
    }

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
