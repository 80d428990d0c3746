package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that are no recordings open like any other: known by their content, whatever their name.
class DumpFilesTest {
    private static final String TABLE =
            "Bind Idx,     Ringbuf addr,     Size, Prio,    Insert offset,   Extract offset,"
                    + " Active, Doorbell";

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    private static String formatOf(Path file) {
        return CommandRun.of("info", "--json", file).json().get("format").asString();
    }

    @Test
    void hangDumpIsDisassembledAndItsQueueIsInTheBeliefs() throws IOException {
        Path log =
                file(
                        "[  275.270215] mali fb000000.gpu: queue:GPU-9-0-1 at:0x0000005fffe78098"
                                + " cmd:0x0148005fc5600040\n"
                                + "[  275.270224] mali fb000000.gpu: "
                                + TABLE
                                + "\n"
                                + "[  275.270226] mali fb000000.gpu:        2,       5fffe5d000,   "
                                + " 10000,    8,            1e300,            1e190,      0,      "
                                + " -1\n"
                                + "[  275.270233] mali fb000000.gpu: SYNC_WAIT: Waiting\n"
                                + "[  275.270235] mali fb000000.gpu: SYNC_POINTER: 0x5fffeb6ac8\n");

        assertEquals("kernel-log", formatOf(log));
        String dump = CommandRun.of("dump", log).fine();
        assertTrue(dump.contains("MOVE48 d72, #0x5FC5600040"), dump);
        Path trace = folder.resolve("log.pscope");
        CommandRun.of("import", log, "-o", trace).fine();
        String state = CommandRun.of("state", trace, "--object", "queue:1.2").fine();
        for (String part : new String[] {"0x5fffe5d000", "0x5fffeb6ac8"}) {
            assertTrue(state.contains(part), state);
        }
        CommandRun.of("screenshot", trace, "-o", folder.resolve("x.svg")).fine();
    }

    @Test
    void othersAreKnownByTheirContentToo() throws IOException {
        assertEquals(
                "panthor-coredump",
                formatOf(file("---\nheader:\n  reason: CS_FATAL\n  kernel: 6\n")));
        assertEquals("u_trace", formatOf(file("frame,batch,time_ns,event,\n0,0,5,begin_x,\n")));
        assertEquals(
                "u_trace",
                formatOf(
                        file(
                                "[{\"frame\":1,\"batches\":[{\"events\":[{\"event\":\"x\","
                                        + "\"time_ns\":\"5\"}]}]}]")));
        assertEquals(
                "pandecode",
                formatOf(file("  MOVE48 d72, #0x5fc5600040\n  CALL d72, r74\n// XXX: bad\n")));
        assertEquals("chrome-json", formatOf(file("[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1},")));
    }

    @Test
    void whatTheFileIsIsToldByInfo() throws IOException {
        Path dump = file("frame,batch,time_ns,event,\n0,0,5,begin_x,\n0,0,9,end_x,\n");
        JsonNode info = CommandRun.of("info", "--json", dump).json();
        assertTrue(
                info.get("attributes").get("document").asString().startsWith("u_trace of Mesa"),
                info::toString);
        assertEquals(0, info.get("lost").size());
    }
}
