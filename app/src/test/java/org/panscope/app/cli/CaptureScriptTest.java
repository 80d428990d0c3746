package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The script is run by a shell, against a folder that looks like tracefs and, where that is
/// permitted, against the kernel's own.
class CaptureScriptTest {
    private static final String LINE = "  app-7     [000] d..2.     1.000001: sched_switch: x\n";

    @TempDir private Path directory = Path.of(".");
    private Path tracefs = Path.of(".");

    /// What came of a script.
    private record Run(int status, String out, String err) {}

    @BeforeEach
    void makeTracefs() throws IOException {
        tracefs = directory.resolve("tracefs");
        Path root = tracefs.resolve("instances").resolve("panscope");
        for (String event : List.of("dma_fence", "gpu_scheduler", "irq", "sched/sched_switch")) {
            for (Path at : List.of(tracefs, root)) {
                Files.createDirectories(at.resolve("events").resolve(event));
                Files.writeString(at.resolve("events").resolve(event).resolve("enable"), "0\n");
            }
        }
        Files.createDirectories(root.resolve("per_cpu").resolve("cpu0"));
        Files.writeString(
                root.resolve("per_cpu").resolve("cpu0").resolve("stats"),
                "entries: 1\noverrun: 3\n");
        Files.writeString(tracefs.resolve("trace_clock"), "[local] global mono boot\n");
        Files.writeString(tracefs.resolve("available_filter_functions"), "queue_run_job\n");
        Files.writeString(tracefs.resolve("kprobe_events"), "");
        Files.writeString(root.resolve("trace"), "# tracer: nop\n" + LINE);
    }

    private Run run(List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of("capture-script"));
        command.addAll(options);
        Path script = directory.resolve("capture.sh");
        Files.writeString(script, CommandRun.of(command.toArray()).fine());
        List<String> words = new ArrayList<>(List.of("sh", script.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectOutput(directory.resolve("out").toFile())
                        .redirectError(directory.resolve("err").toFile());
        builder.environment().put("PANSCOPE_TRACEFS", tracefs.toString());
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the script hangs");
        return new Run(
                process.exitValue(),
                Files.readString(directory.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(directory.resolve("err"), StandardCharsets.UTF_8));
    }

    private String root(String file) throws IOException {
        return Files.readString(tracefs.resolve("instances").resolve("panscope").resolve(file))
                .strip();
    }

    @Test
    void itRecordsWhileACommandRunsAndNamesTheFile() throws IOException, InterruptedException {
        Run run = run(List.of(), "-o", "x.txt", "sh", "-c", "exit 3");
        assertEquals(3, run.status(), run.err());
        assertEquals("x.txt", run.out().strip());
        assertTrue(Files.readString(directory.resolve("x.txt")).endsWith(LINE));
        assertEquals("mono", root("trace_clock"));
        assertEquals("1", root("events/dma_fence/enable"));
        assertEquals("1", root("events/sched/sched_switch/enable"));
        assertEquals("0", root("tracing_on"));
        assertTrue(run.err().contains("bring back x.txt"), run.err());
    }

    @Test
    void itSaysWhatIsMissingAndWhatWasLost() throws IOException, InterruptedException {
        Run run = run(List.of(), "-t", "0", "-o", "x.txt");
        assertTrue(run.err().contains("missing panthor: no job interrupts' masks"), run.err());
        assertTrue(run.err().contains("missing workqueue"), run.err());
        assertTrue(run.err().contains("3 events were overwritten"), run.err());
        assertFalse(run.err().contains("missing dma_fence"), run.err());
    }

    @Test
    void probesAreMadeWhereTheFunctionExistsAndTakenAway()
            throws IOException, InterruptedException {
        Files.writeString(
                tracefs.resolve("available_filter_functions"),
                "group_bind_locked [panthor]\nqueue_run_job [panthor]\n");
        Files.writeString(tracefs.resolve("kprobe_events"), "p:others/own do_exit\n");
        for (String probe : List.of("group_bind_locked", "queue_run_job")) {
            Files.createDirectories(
                    tracefs.resolve("instances/panscope/events/panscope").resolve(probe));
        }
        Run run = run(List.of("--kprobes"), "-o", "x.txt", "true");
        assertEquals(0, run.status(), run.err());
        assertEquals(
                List.of(
                        "p:others/own do_exit",
                        "p:panscope/group_bind_locked group_bind_locked group=$arg1:x64"
                                + " csg_id=$arg2:u32",
                        "p:panscope/queue_run_job queue_run_job job=$arg1:x64",
                        "-:panscope/group_bind_locked",
                        "-:panscope/queue_run_job"),
                Files.readAllLines(tracefs.resolve("kprobe_events")).stream()
                        .map(line -> line.replace(":x32", ":x64"))
                        .toList());
        assertEquals("0", root("events/panscope/group_bind_locked/enable"));
        assertTrue(run.err().contains("missing probe: tick_ctx_apply"), run.err());
    }

    @Test
    void theCommandLearnsWhereMarkersGo() throws IOException, InterruptedException {
        Run run =
                run(
                        List.of("--markers"),
                        "-o",
                        "x.txt",
                        "sh",
                        "-c",
                        "echo $PANSCOPE_TRACE_MARKER >&2");
        assertTrue(run.err().contains(tracefs + "/instances/panscope/trace_marker\n"), run.err());
    }

    @Test
    void withoutTracefsItSaysWhy() throws IOException, InterruptedException {
        Files.delete(tracefs.resolve("trace_clock"));
        Run run = run(List.of(), "true");
        assertEquals(1, run.status());
        assertTrue(run.err().contains("no tracefs"), run.err());
    }

    @Test
    void itRunsOnThisKernelWherePermitted() throws IOException, InterruptedException {
        Path own = Path.of("/sys/kernel/tracing");
        assumeTrue(Files.isWritable(own.resolve("trace_clock")), "no tracefs to write to");
        tracefs = own;
        Run run = run(List.of(), "-o", "x.txt", "true");
        assertEquals(0, run.status(), run.err());
        assertFalse(Files.exists(own.resolve("instances").resolve("panscope")));
    }
}
