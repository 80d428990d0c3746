package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Perfetto traces on the command line, out and in.
class PerfettoCommandTest {
    @TempDir private Path folder = Path.of("");

    private Path exported(String input) {
        Path file = folder.resolve("x.pftrace");
        CommandRun.of("export", input, "--to", "perfetto", "-o", file).fine();
        return file;
    }

    @Test
    void whatIsExportedAndImportedPrintsTheSame() {
        Path recorded = folder.resolve("run.pscope");
        CommandRun.of("record", CommandRun.HELLO, "-o", recorded, "--tracepoints", "all").fine();
        String wanted = CommandRun.of("dump", recorded, "--format", "jsonl").fine();
        Path file = exported(recorded.toString());
        assertEquals(wanted, CommandRun.of("dump", file, "--format", "jsonl").fine());
        Path again = folder.resolve("again.pscope");
        CommandRun.of("import", file, "-o", again).fine();
        assertEquals(wanted, CommandRun.of("dump", again, "--format", "jsonl").fine());
        assertEquals(CommandRun.of("state", recorded).fine(), CommandRun.of("state", again).fine());
    }

    @Test
    void packedOrFromStandardInputItIsTheSame() throws IOException {
        Path file = exported(CommandRun.CAPTURE);
        byte[] plain = Files.readAllBytes(file);
        JsonNode wanted = CommandRun.of("info", "--json", file).json().get("types");
        assertTrue(wanted.size() > 10, wanted::toString);
        Path gzip = Files.write(folder.resolve("packed.gz"), ImportCommandTest.gzip(plain));
        Path zstd = Files.write(folder.resolve("packed.zst"), Zstd.compress(plain));
        assertEquals(wanted, CommandRun.of("info", "--json", gzip).json().get("types"));
        JsonNode packed = CommandRun.of("info", "--json", zstd).json();
        assertEquals(wanted, packed.get("types"));
        assertEquals(
                wanted, CommandRun.withInput(plain, "info", "--json", "-").json().get("types"));
    }

    @Test
    void aPackedFileThatIsCutOffIsRefusedInOneLine() throws IOException {
        byte[] packed = Zstd.compress(Files.readAllBytes(exported(CommandRun.CAPTURE)));
        Path cut =
                Files.write(folder.resolve("cut.zst"), Arrays.copyOf(packed, packed.length - 40));
        String said = CommandRun.of("info", cut).failure();
        assertTrue(said.contains("the packed data end or are damaged"), said);
    }

    @Test
    void standardOutputGetsTheBytesOfTheFile() throws IOException {
        byte[] file = Files.readAllBytes(exported(CommandRun.HELLO));
        byte[] piped =
                CommandRun.bytesOf("export", CommandRun.HELLO, "--to", "perfetto", "-o", "-");
        assertEquals(0, Arrays.compare(file, piped));
    }
}
