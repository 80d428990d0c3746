package org.panscope.core.scenario;

import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A scenario put together in a test: one process with the usual objects, whose threads do what the
/// test says. The main invariant is checked at every event.
final class Story {
    /// A compute job, as long as `cs.compute_job_ns` says.
    static final String JOB =
            """
            "REQ_RESOURCE.compute", "MOVE32 r33, #0x0", "MOVE32 r37, #0x1", "MOVE32 r38, #0x1",
            "MOVE32 r39, #0x1", "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1", "WAIT #1"\
            """;

    private static final String SETUP =
            """
            {"op": "open", "name": "dev"},
            {"op": "vm_create", "name": "vm"},
            {"op": "bo_create", "name": "memory", "size": 4096},
            {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000", "uncached": true},
            {"op": "mmap_bo", "bo": "memory"},
            {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
            {"op": "bo_create", "name": "code", "size": 4096},
            {"op": "vm_bind", "vm": "vm", "bo": "code", "va": "0x200000"},
            {"op": "mmap_bo", "bo": "code"},
            {"op": "syncobj_create", "name": "done"},
            {"op": "syncobj_create", "name": "done_2"},
            """;

    private final Map<String, String> settings = new TreeMap<>();
    private final List<String> threads = new ArrayList<>();
    private final EventLog log = new EventLog();
    private String expect = "\"outcome\": \"idle\"";
    private List<String> failures = List.of();
    private boolean capSysNice;

    /// Sets a parameter or switch.
    Story with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /// The process has CAP_SYS_NICE.
    Story privileged() {
        capSysNice = true;
        return this;
    }

    /// The main thread, behind the setup.
    Story inMain(String... steps) {
        threads.add(0, thread("main", "0ns", SETUP + String.join(",\n", steps)));
        return this;
    }

    /// Another thread.
    Story at(String start, String... steps) {
        threads.add(thread("thread" + threads.size(), start, String.join(",\n", steps)));
        return this;
    }

    /// What the run has to show, as in a file.
    Story expecting(String members) {
        expect = members;
        return this;
    }

    private static String thread(String name, String start, String steps) {
        return "{\"name\": \"%s\", \"start\": \"%s\", \"steps\": [%s]}"
                .formatted(name, start, steps);
    }

    /// Runs it.
    Story run() {
        String text =
                "{\"name\": \"story\", \"processes\": [{\"name\": \"app\", \"cap_sys_nice\": %s, \"threads\": [%s]}],"
                                .formatted(capSysNice, String.join(",\n", threads))
                        + " \"time_limit\": \"30s\", \"expect\": {"
                        + expect
                        + "}}";
        failures = Runs.text(text, settings, log).failures();
        return this;
    }

    List<String> failures() {
        return failures;
    }

    EventLog log() {
        return log;
    }

    /// The kernel's messages.
    List<String> messages() {
        return log.of(Warn.class).stream().map(Warn::text).toList();
    }

    /// Whether some message begins so.
    boolean says(String beginning) {
        return messages().stream().anyMatch(text -> text.startsWith(beginning));
    }

    List<ResetStep> resetSteps() {
        return log.of(Reset.class).stream().map(Reset::step).toList();
    }

    /// The states a group went through, as `CREATED ACTIVE`.
    String states(long gid) {
        List<String> states = new ArrayList<>(List.of("CREATED"));
        for (GroupState change : log.of(GroupState.class)) {
            if (change.gid() == gid) {
                states.add(change.newState().name());
            }
        }
        return String.join(" ", states);
    }

    /// Lines of the events, for looking into them.
    boolean shows(String regex) {
        return log.entries().stream()
                .anyMatch(entry -> EventLog.line(entry.event()).matches(regex));
    }

    // ---- steps ----------------------------------------------------------------------------------

    /// A user-submit group with its queue mapped.
    static String userGroup(String name) {
        return """
        {"op": "group_create", "name": "%1$s", "vm": "vm", "user_submit": true,
         "queues": [{"ring_size": 4096}]},
        {"op": "map_queue", "group": "%1$s"}\
        """
                .formatted(name);
    }

    static String kernelGroup(String name) {
        return """
        {"op": "group_create", "name": "%s", "vm": "vm", "queues": [{"ring_size": 4096}]}\
        """
                .formatted(name);
    }

    /// Work for a user-submit group.
    static String submit(String group, String code) {
        return """
        {"op": "submit", "group": "%s", "notify": "active", "code": [%s]}\
        """
                .formatted(group, code);
    }

    /// Puts a stream where [#job] calls it.
    static String code(String code) {
        return """
        {"op": "bo_write", "bo": "code", "code": [%s]}\
        """
                .formatted(code);
    }

    /// A job for a kernel-submit group.
    static String job(String group, String syncobj) {
        return """
        {"op": "group_submit", "group": "%s", "stream": "code", "signal": [{"syncobj": "%s"}]}\
        """
                .formatted(group, syncobj);
    }

    static String await(String syncobj) {
        return "{\"op\": \"syncobj_wait\", \"syncobj\": \"%s\"}".formatted(syncobj);
    }

    static String sleep(String duration) {
        return "{\"op\": \"sleep\", \"for\": \"%s\"}".formatted(duration);
    }
}
