package org.panscope.app.cli;

import org.panscope.core.input.Recording;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Records a long run the way `panscope record` does, keyframes and file included, and says how
/// long that took. Three processes compete: two ring doorbells themselves, one submits through the
/// kernel; each batch is a small loop, a compute job, a flush and a sync object update that its
/// process waits for.
final class EmulatorBench {
    /// More would not fit into one scenario file.
    static final int MAX_BATCHES = 15_000;

    /// What a batch of each of the three processes makes at least.
    private static final int EVENTS_PER_BATCH = 300;

    private static final int WARM_UP_BATCHES = 12_000;

    private EmulatorBench() {}

    /// What was measured.
    ///
    /// @param instructions executed by the emulated command streams
    /// @param wallNs wall time of the recording
    /// @param cpuNs processor time of the whole Java process meanwhile, compilers included; -1 when
    ///   this Java does not tell
    /// @param virtualNs time that passed in the emulated machine
    record Result(
            long events,
            long instructions,
            long wallNs,
            long cpuNs,
            long fileBytes,
            long virtualNs) {

        /// All figures, one a line.
        String describe() {
            return String.format(
                    Locale.ROOT,
                    """
                    events              %,d
                    instructions        %,d
                    emulated time       %.3f s
                    file                %,d bytes, %.2f bytes/event
                    wall time           %.2f s
                    processor time      %s
                    recorded events     %,.0f events/s
                    instructions        %,.0f instructions/s
                    """,
                    events,
                    instructions,
                    virtualNs / 1e9,
                    fileBytes,
                    fileBytes / (double) events,
                    wallNs / 1e9,
                    cpuNs < 0
                            ? "not told by this Java"
                            : String.format(Locale.ROOT, "%.2f s", cpuNs / 1e9),
                    events * 1e9 / Math.max(1, wallNs),
                    instructions * 1e9 / Math.max(1, wallNs));
        }
    }

    /// Measures with this many batches a process, in a file of `folder` that is deleted afterwards.
    static Result run(int batches, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "panscope-bench-", ".pscope");
        try {
            record(scenario(Math.min(batches, WARM_UP_BATCHES)), file);
            Scenario scenario = scenario(batches);
            long cpuBefore = processorNs();
            long start = System.nanoTime();
            record(scenario, file);
            long wallNs = System.nanoTime() - start;
            long cpuNs = cpuBefore < 0 ? -1 : processorNs() - cpuBefore;
            try (PscopeReader trace = PscopeReader.open(file)) {
                return new Result(
                        trace.eventCount(),
                        countOf(trace, "CS_INSTR"),
                        wallNs,
                        cpuNs,
                        Files.size(file),
                        trace.lastTimeNs());
            }
        } finally {
            Files.delete(file);
        }
    }

    /// Records a run of at least that many events, or of as many as one scenario holds.
    static void recordEvents(long events, Path file) throws IOException {
        int batches = (int) Math.min(MAX_BATCHES, events / EVENTS_PER_BATCH + 1);
        record(scenario(batches), file);
    }

    private static long countOf(Trace trace, String type) {
        List<EventTypeInfo> types = trace.types();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).name().equals(type)) {
                return trace.typeCounts()[i];
            }
        }
        return 0;
    }

    private static void record(Scenario scenario, Path file) throws IOException {
        try {
            Recording.Result result =
                    Recording.record(
                            scenario, null, Map.of(), header -> PscopeWriter.create(file, header));
            if (!result.problems().isEmpty()) {
                throw new IOException("the run failed: " + result.problems().getFirst());
            }
        } catch (ScenarioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static long processorNs() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }

    // ---- the scenario -------------------------------------------------------------------------

    private static Scenario scenario(int batches) throws IOException {
        String text =
                """
                {"name": "bench", "time_limit": "100000s", "processes": [%s, %s, %s]}
                """
                        .formatted(
                                process("user-1", USER_SETUP, USER_BATCH, batches),
                                process("user-2", USER_SETUP, USER_BATCH, batches),
                                process("kernel", KERNEL_SETUP, KERNEL_BATCH, batches));
        try {
            return ScenarioFile.parse("bench", text);
        } catch (ScenarioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String process(String name, String setUp, String batch, int batches) {
        StringBuilder steps = new StringBuilder(setUp);
        for (int i = 0; i < batches; i++) {
            steps.append(batch.replace("$I", Integer.toString(i)));
        }
        return "{\"name\": \"%s\", \"threads\": [{\"name\": \"main\", \"steps\": [%s]}]}"
                .formatted(name, steps);
    }

    private static final String CODE =
            """
            "MOVE32 r70, #0x10",
            "ADD_IMMEDIATE32 r70, r70, #-1",
            "BRANCH.gt r70, #-2",
            "MOVE32 r72, #0x0",
            "REQ_RESOURCE.compute",
            "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1",
            "FLUSH_CACHE2.clean_l2.clean_lsc.nop_other r72, #0, #0",
            "WAIT #1",
            "REQ_RESOURCE"
            """;

    private static final String USER_SETUP =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "memory", "size": 4096},
            {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000", "uncached": true},
            {"op": "mmap_bo", "bo": "memory"},
            {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
            {"op": "eventfd", "name": "done"},
            {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
             "eventfd": "done", "queues": [{"ring_size": 65536}]},
            {"op": "map_queue", "group": "group"}
            """;

    private static final String USER_BATCH =
            """
            , {"op": "submit", "group": "group", "notify": "active", "code": [
            "MOVE48 d66, #${S}",
            "MOVE48 d68, #0x1",
            %s,
            "SYNC_ADD64.system [d66], d68, #0, #0"]},
            {"op": "wait_sync", "sync": "S", "greater_than": $I}
            """
                    .formatted(CODE);

    private static final String KERNEL_SETUP =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "commands", "size": 4096},
            {"op": "vm_bind", "vm": "vm", "bo": "commands", "va": "0x100000"},
            {"op": "mmap_bo", "bo": "commands"},
            {"op": "bo_write", "bo": "commands", "code": [%s]},
            {"op": "syncobj_create", "name": "job"},
            {"op": "group_create", "name": "group", "vm": "vm", "queues": [{"ring_size": 65536}]}
            """
                    .formatted(CODE);

    private static final String KERNEL_BATCH =
            """
            , {"op": "group_submit", "group": "group", "stream": "commands",
             "signal": [{"syncobj": "job"}]},
            {"op": "syncobj_wait", "syncobj": "job"}
            """;
}
