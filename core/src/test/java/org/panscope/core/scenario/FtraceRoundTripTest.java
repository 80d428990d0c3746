package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.capture.Psm1Markers;
import org.panscope.core.capture.Psm1Processes;
import org.panscope.core.capture.Psm1Translator;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.state.Belief;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.StateHistory;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.core.timeline.TimelineRow;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.FieldInfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A run written as ftrace text is a capture like any other.
class FtraceRoundTripTest {
    private static final Path CAPTURE =
            Runs.SAMPLES.resolve("captures").resolve("panscope-sample.report.txt");

    private static TracedRun run(String sample, String profile) {
        return TracedRun.of(sample, Map.of("driver.profile", profile));
    }

    private static MemoryTrace imported(TracedRun run) {
        return TracedRun.imported(run.text(event -> List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "kernel-submit.json, rfc-2024",
        "kernel-submit.json, mainline-2026",
        "demo.json, rfc-2024",
        "demo.json, mainline-2026",
        "tiler-oom.json, rfc-2024"
    })
    void everyTracepointComesBackFieldForField(String sample, String profile) {
        TracedRun run = run(sample, profile);
        List<Event> recorded = run.tracepoints();
        MemoryTrace capture = imported(run);

        assertEquals(List.of(), capture.losses());
        assertEquals(recorded.size(), capture.eventCount());
        for (int i = 0; i < recorded.size(); i++) {
            same(recorded.get(i), capture.event(i), capture.header().originNs());
        }
    }

    private static void same(Event recorded, Event read, long originNs) {
        String name = recorded.type().name();
        assertEquals(name.substring(name.indexOf(':') + 1), read.type().name());
        assertEquals(recorded.type().layer(), read.type().layer(), name);
        assertEquals(recorded.type().fields(), read.type().fields(), name);
        EventHeader before = recorded.header();
        EventHeader after = read.header();
        assertEquals(before.timeNs(), originNs + after.timeNs(), recorded::toString);
        assertEquals(before.cpu(), after.cpu(), recorded::toString);
        assertEquals(before.pid(), after.pid(), recorded::toString);
        assertEquals(before.comm(), after.comm(), recorded::toString);
        assertEquals(before.context(), after.context(), recorded::toString);
        for (int i = 0; i < recorded.fieldCount(); i++) {
            FieldInfo field = recorded.type().fields().get(i);
            // The text only says whether a handler returned zero.
            @Nullable Object wanted =
                    name.equals("irq:irq_handler_exit") && field.name().equals("ret")
                            ? Long.valueOf(Long.valueOf(0).equals(recorded.value(i)) ? 0 : 1)
                            : recorded.value(i);
            assertEquals(wanted, read.value(i), recorded + ", field " + field.name());
        }
    }

    @Test
    void microsecondsAreRoundedAsTheKernelDoes() {
        TracedRun run = run("kernel-submit.json", "rfc-2024");
        MemoryTrace capture = TracedRun.imported(run.text(false, event -> List.of()));
        List<Event> recorded = run.tracepoints();
        for (int i = 0; i < recorded.size(); i++) {
            long micros = (recorded.get(i).timeNs() + 500) / 1000;
            assertEquals(micros * 1000, capture.header().originNs() + capture.event(i).timeNs());
        }
    }

    @Test
    void jobsOfTheCaptureAreTheJobsOfTheRun() {
        TracedRun run = run("kernel-submit.json", "mainline-2026");
        MemoryTrace capture = imported(run);
        StateHistory history = TraceReduction.historyOf(capture);
        for (JobStep step : List.of(JobStep.PUSHED, JobStep.RUN, JobStep.DONE)) {
            assertEquals(jobs(run, step), jobs(capture, history, step));
        }
        assertEquals(2, jobs(run, JobStep.DONE).size());
    }

    private static List<String> jobs(TracedRun run, JobStep step) {
        return run.events(Job.class).stream()
                .filter(job -> job.step() == step)
                .map(job -> String.valueOf(job.finished()))
                .toList();
    }

    /// Finished fences of the jobs that took a step, in order, as the reduced state tells.
    private static List<String> jobs(MemoryTrace capture, StateHistory history, JobStep step) {
        String name = step == JobStep.PUSHED ? "pushed" : step == JobStep.RUN ? "run" : "done";
        SortedMap<String, @Nullable Object> steps = new TreeMap<>();
        List<String> fences = new ArrayList<>();
        for (long seq = 1; seq <= capture.eventCount(); seq++) {
            if (!capture.event(seq - 1).type().name().startsWith("drm_sched_job_")) {
                continue;
            }
            MachineState state = history.at(seq);
            for (ObjectId job : state.objects().keySet()) {
                Object now = job.kind().equals("job") ? cell(state, job, "step") : null;
                if (now != null
                        && !now.equals(steps.put(job.toString(), now))
                        && name.equals(now)) {
                    fences.add(String.valueOf(cell(state, job, "finished_fence")));
                }
            }
        }
        return fences;
    }

    private static @Nullable Object cell(MachineState state, ObjectId id, String quantity) {
        var object = state.object(id);
        var found = object == null ? null : object.get(Belief.KERNEL, quantity);
        return found == null ? null : found.value();
    }

    @ParameterizedTest
    @CsvSource({"kernel-submit.json, rfc-2024", "kernel-submit.json, mainline-2026"})
    void timelineOfTheCaptureShowsItsQueuesAndFences(String sample, String profile) {
        TracedRun run = run(sample, profile);
        Timeline timeline = TimelineBuilder.build(imported(run));

        long jobs = jobs(run, JobStep.RUN).size();
        TimelineRow ring = row(timeline, "ring", "panthor-queue");
        assertEquals(2 * jobs, bars(ring), "each job is queued and runs");
        long contexts =
                run.events(Fence.class).stream()
                        .filter(fence -> fence.step() == FenceStep.INIT)
                        .map(Fence::context)
                        .distinct()
                        .count();
        assertEquals(contexts, rows(timeline, "timeline").count());
        row(timeline, "work", "tick_work");
        row(timeline, "irq", "irq 107 panthor-job");
        // No event tells that a work item was cancelled; it is queued and never starts.
        long cancelled = count(run, "workqueue_queue_work") - count(run, "workqueue_execute_start");
        assertEquals(cancelled, timeline.unpaired());
    }

    private static long count(TracedRun run, String name) {
        return run.tracepoints().stream()
                .filter(event -> event.type().name().endsWith(":" + name))
                .count();
    }

    private static int bars(TimelineRow row) {
        return row.lanes().stream().mapToInt(StateBars::size).sum();
    }

    private static Stream<TimelineRow> rows(Timeline timeline, String kind) {
        return timeline.rows().stream().filter(row -> row.kind().equals(kind));
    }

    private static TimelineRow row(Timeline timeline, String kind, String name) {
        return rows(timeline, kind)
                .filter(row -> row.name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + kind + " " + name));
    }

    @Test
    void emulatedTraceShowsEachJobOnce() {
        TracedRun run = run("kernel-submit.json", "mainline-2026");
        TracedRun off =
                TracedRun.of(
                        "kernel-submit.json",
                        Map.of("driver.profile", "mainline-2026"),
                        List.of("irq"));
        Timeline traced = TimelineBuilder.build(run.trace());
        Timeline plain = TimelineBuilder.build(off.trace());
        for (String kind : List.of("ring", "timeline", "work", "irq")) {
            assertEquals(rows(plain, kind).count(), rows(traced, kind).count(), kind);
        }
        assertTrue(rows(traced, "cpu").anyMatch(row -> bars(row) > 0));
    }

    @Test
    void markersTellWhatTheApplicationDid() {
        TracedRun run = TracedRun.of("hello-ring.json", Map.of());
        MemoryTrace capture = TracedRun.imported(run.text(new Psm1Markers(run.trace())::of));
        assertEquals(List.of(), capture.losses());
        Psm1Translator translator = new Psm1Translator(Psm1Processes.of(capture));
        List<TraceEvent> told = new ArrayList<>();
        for (Event event : capture.events()) {
            told.addAll(translator.translate(event));
        }
        assertEquals(writes(run.events(RingWrite.class)), writes(of(told, RingWrite.class)));
        assertEquals(
                run.events(InsertWrite.class).stream()
                        .filter(store -> store.by() == Writer.USER)
                        .map(InsertWrite::newInsert)
                        .toList(),
                of(told, InsertWrite.class).stream().map(InsertWrite::newInsert).toList());
        assertEquals(
                run.events(DbRing.class).stream().filter(r -> r.by() == Ringer.USER_PAGE).count(),
                of(told, DbRing.class).size());
        assertEquals(extracts(run.events(UserLoad.class)), extracts(of(told, UserLoad.class)));
    }

    private static <T extends TraceEvent> List<T> of(List<TraceEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<String> writes(List<RingWrite> writes) {
        List<String> texts = new ArrayList<>();
        for (RingWrite write : writes) {
            if (write.by() == Writer.USER) {
                byte[] data = write.data();
                String bytes = data == null ? "" : java.util.HexFormat.of().formatHex(data);
                texts.add(write.queue() + " " + write.at() + " " + write.length() + " " + bytes);
            }
        }
        assertFalse(texts.isEmpty());
        return texts;
    }

    private static List<Long> extracts(List<UserLoad> loads) {
        return loads.stream()
                .filter(load -> load.word() == LoadedWord.EXTRACT)
                .map(UserLoad::value)
                .toList();
    }

    /// Every event that the sample capture has too looks as it does there: the same shape of line
    /// once numbers, names and the padding of trace-cmd are taken out. Not sched_switch, which
    /// trace-cmd writes in words of its own.
    @Test
    void linesHaveTheShapesOfARealCapture() throws IOException {
        SortedMap<String, SortedMap<String, String>> real = new TreeMap<>();
        for (String line : Files.readAllLines(CAPTURE)) {
            if (!line.startsWith("cpus=")) {
                String shape = shape(line);
                real.computeIfAbsent(eventOf(shape), name -> new TreeMap<>()).put(shape, line);
            }
        }
        SortedMap<String, String> compared = new TreeMap<>();
        TracedRun run = run("kernel-submit.json", "mainline-2026");
        for (String line : run.text(event -> List.of()).lines().toList()) {
            String shape = shape(line);
            SortedMap<String, String> known = real.get(eventOf(shape));
            if (!line.startsWith("#") && known != null && !shape.contains(" sched_switch:")) {
                assertTrue(known.containsKey(shape), line + "\nis unlike\n" + known.values());
                compared.put(eventOf(shape), shape);
            }
        }
        assertEquals(
                List.of(
                        "dma_fence_destroy",
                        "dma_fence_init",
                        "dma_fence_signaled",
                        "drm_sched_job_done",
                        "drm_sched_job_queue",
                        "drm_sched_job_run",
                        "irq_handler_entry",
                        "irq_handler_exit",
                        "workqueue_activate_work",
                        "workqueue_execute_end",
                        "workqueue_execute_start",
                        "workqueue_queue_work"),
                List.copyOf(compared.keySet()));
    }

    /// `COMM-PID [CPU] FLAGS TIME: event: payload` with every value replaced by its kind. The
    /// capture was made by trace-cmd, which prints addresses and pads the event's name.
    private static String shape(String line) {
        String head =
                "^ *.+-\\d+ +\\[\\d{3}\\] [dDb.X][NnpLlBb.][ZzHhs.][0-9a-f.][0-9a-f.] +\\d+\\.\\d+:"
                        + " ";
        assertTrue(
                line.startsWith("#") || Pattern.compile(head).matcher(line).find(),
                () -> "no head: " + line);
        return line.replaceFirst(head, "HEAD ")
                .replaceFirst("^(HEAD \\w+:) +", "$1 ")
                .replaceAll("(work struct[= ])(0x[0-9a-f]+|[0-9a-f]{16})", "$1POINTER")
                .replaceAll("(function[= ])\\S+", "$1FUNCTION")
                .replaceAll("(driver|timeline|ring|dev|workqueue|name)=[^ ,]+", "$1=NAME")
                .replaceAll("-?\\b\\d+\\b", "N");
    }

    private static String eventOf(String shape) {
        int colon = shape.indexOf(':');
        return colon < 0 || !shape.startsWith("HEAD ")
                ? ""
                : shape.substring("HEAD ".length(), colon);
    }

    @Test
    void sampleOfTheOldKernelHasGoldenText() throws IOException {
        golden("kernel-submit.ftrace.txt", "rfc-2024");
    }

    @Test
    void sampleOfTheNewKernelHasGoldenText() throws IOException {
        golden("kernel-submit.mainline-2026.ftrace.txt", "mainline-2026");
    }

    private static void golden(String file, String profile) throws IOException {
        Path golden = Runs.SAMPLES.resolve("golden").resolve(file);
        String text = run("kernel-submit.json", profile).text(false, event -> List.of());
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.writeString(golden, text);
            return;
        }
        assertEquals(Files.readAllLines(golden), text.lines().toList(), golden.toString());
    }
}
