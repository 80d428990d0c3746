package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.perfetto.PerfettoOutput.Origin;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What GPU drivers and layers tell: render stages, counters, memory, log lines, Vulkan calls.
///
/// perfetto: protos/perfetto/trace/gpu; Mesa: src/util/perf/u_perfetto_renderpass.h,
/// src/panfrost/vulkan/panvk_utrace_perfetto.cc
final class GpuEvents {
    private static final String[] SEVERITIES = {"verbose", "debug", "info", "warning", "error"};

    private final FileFacts facts;
    private final PerfettoOutput out;
    private final PerfettoTracks tracks;
    private final RowBuilder row = new RowBuilder();
    private final ProtoCursor inner = new ProtoCursor();
    private final ProtoCursor innermost = new ProtoCursor();

    GpuEvents(FileFacts facts, PerfettoOutput out, PerfettoTracks tracks) {
        this.facts = facts;
        this.out = out;
        this.tracks = tracks;
    }

    // ---- render stages

    private record Extra(String name, String value) {}

    /// A stage of a queue: `gpu` > queue. Extra data are fields of their own, so that `sync_addr`,
    /// `sync_val` and `cond` of GPU-side waits and signals can be asked for.
    void renderStage(ProtoCursor in, long timeNs, long sequence, int generation)
            throws IOException {
        @Nullable String queue = null;
        @Nullable String stage = null;
        @Nullable String name = null;
        int pid = -1;
        boolean isList = false;
        List<Extra> extras = new ArrayList<>();
        List<Long> waits = new ArrayList<>();
        row.begin();
        while (in.next()) {
            switch (in.field()) {
                case 13 -> queue = specification(generation, in.number(), "queue");
                case 14 -> stage = specification(generation, in.number(), "stage");
                case 3 -> queue = listed(sequence, GpuNames.QUEUES, in, queue, "queue");
                case 4 -> stage = listed(sequence, GpuNames.STAGES, in, stage, "stage");
                case 17 -> name = in.text();
                case 20 ->
                        name = facts.interned.text(generation, Interned.EVENT_NAMES, in.number());
                case 1 -> row.number("event_id", Unit.ID, false, in.number());
                case 2 -> row.number("duration", Unit.NS, false, in.number());
                case 11 -> row.number("gpu_id", Unit.ID, true, in.number());
                case 5 -> {
                    row.number("context", Unit.HEX, false, in.number());
                    pid = contextPid(generation, in.number());
                }
                case 8 -> row.number("render_target_handle", Unit.HEX, false, in.number());
                case 9 -> row.number("render_pass_handle", Unit.HEX, false, in.number());
                case 10 -> row.number("submission_id", Unit.ID, false, in.number());
                case 12 -> row.number("command_buffer_handle", Unit.HEX, false, in.number());
                case 15 -> {
                    if (in.isNumber()) {
                        row.number("render_subpass_index_mask", Unit.HEX, false, in.number());
                    }
                }
                case 16 -> row.number("render_pass_instance_id", Unit.ID, false, in.number());
                case 19 -> row.number("kernel_iid", Unit.ID, false, in.number());
                case 22 -> row.number("logical_queue_id", Unit.ID, false, in.number());
                case 18 -> waits(in, waits);
                case 21 -> launch(inner.on(in));
                case 6 -> extras.add(extra(inner.on(in)));
                case 7 -> isList = true;
                default -> {}
            }
        }
        if (isList && queue == null && stage == null) {
            return;
        }
        row.text("queue", queue);
        row.text("stage", stage);
        row.text("name", name);
        if (!waits.isEmpty()) {
            row.text(
                    "event_wait_ids",
                    String.join(",", waits.stream().map(Long::toUnsignedString).toList()));
        }
        extras.forEach(extra -> row.guessed(extra.name(), extra.value()));
        EventTypeInfo type = row.type("gpu_render_stage_event");
        int track = tracks.ofGpu(queue == null ? "queue unknown" : queue);
        out.write(timeNs, Origin.on(-1, pid, facts.names.thread(pid)), track, type, row.values());
    }

    private void waits(ProtoCursor in, List<Long> into) throws ProtoException {
        if (in.isNumber()) {
            into.add(in.number());
            return;
        }
        inner.on(in);
        while (!inner.atEnd() && into.size() < 4096) {
            into.add(inner.packed());
        }
    }

    private void launch(ProtoCursor in) throws ProtoException {
        String[] axes = {"x", "y", "z"};
        while (in.next()) {
            String what = in.field() == 1 ? "grid_size" : in.field() == 2 ? "workgroup_size" : "";
            if (!what.isEmpty() && !in.isNumber()) {
                innermost.on(in);
                while (innermost.next()) {
                    if (innermost.field() >= 1 && innermost.field() <= 3) {
                        row.number(
                                what + "_" + axes[innermost.field() - 1],
                                Unit.COUNT,
                                false,
                                innermost.number());
                    }
                }
            }
        }
    }

    private static Extra extra(ProtoCursor in) throws ProtoException {
        String name = "";
        String value = "";
        while (in.next()) {
            if (in.field() == 1) {
                name = in.text();
            } else if (in.field() == 2) {
                value = in.text();
            }
        }
        return new Extra(name, value);
    }

    private String specification(int generation, long iid, String what) {
        String name = facts.interned.text(generation, Interned.GPU_SPECIFICATIONS, iid);
        return name == null ? what + " " + Long.toUnsignedString(iid) : name;
    }

    private String listed(
            long sequence, int list, ProtoCursor in, @Nullable String better, String what)
            throws ProtoException {
        if (better != null) {
            return better;
        }
        String name = facts.gpu.name(sequence, list, in.number());
        return name == null ? what + " " + in.number() : name;
    }

    private int contextPid(int generation, long context) {
        String pid = facts.interned.text(generation, Interned.GRAPHICS_CONTEXTS, context);
        return pid == null ? -1 : Integer.parseInt(pid);
    }

    // ---- counters

    /// Each value is an event: `gpu` > counter.
    void counters(ProtoCursor in, long timeNs, long sequence) throws IOException {
        long gpu = -1;
        ProtoCursor again = new ProtoCursor().on(in.bytes(), in.position(), in.end());
        while (again.next()) {
            gpu = again.field() == 3 ? again.number() : gpu;
        }
        while (in.next()) {
            if (in.field() == 2 && !in.isNumber()) {
                counter(inner.on(in), timeNs, sequence, gpu);
            }
        }
    }

    private void counter(ProtoCursor in, long timeNs, long sequence, long gpu) throws IOException {
        long id = 0;
        Long value = null;
        Double real = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.number();
                case 2 -> value = in.number();
                case 3 -> real = in.real();
                default -> {}
            }
        }
        String name = facts.gpu.name(sequence, GpuNames.COUNTERS, id);
        row.begin();
        if (gpu >= 0) {
            row.number("gpu_id", Unit.ID, false, gpu);
        }
        row.number("counter_id", Unit.ID, false, id);
        row.text("name", name);
        if (value != null) {
            row.number("value", Unit.NONE, true, value);
        } else if (real != null) {
            row.real("value", real);
        }
        EventTypeInfo type = row.type("gpu_counter_event");
        int track = tracks.ofGpu(name == null ? "counter " + id : name);
        out.write(timeNs, Origin.on(-1, -1, null), track, type, row.values());
    }

    // ---- the rest

    void log(ProtoCursor in, long timeNs) throws IOException {
        row.begin();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    int severity = in.int32();
                    row.text(
                            "severity",
                            severity >= 0 && severity < SEVERITIES.length
                                    ? SEVERITIES[severity]
                                    : Integer.toString(severity));
                }
                case 2 -> row.text("tag", in.text());
                case 3 -> row.text("log_message", in.text());
                default -> {}
            }
        }
        EventTypeInfo type = row.type("gpu_log");
        out.write(timeNs, Origin.on(-1, -1, null), tracks.ofGpu("log"), type, row.values());
    }

    void vulkan(ProtoCursor in, long timeNs) throws IOException {
        while (in.next()) {
            if (in.isNumber() || in.field() > 2) {
                continue;
            }
            boolean isName = in.field() == 1;
            row.begin();
            int[] thread = {-1};
            inner.on(in);
            while (inner.next()) {
                if (isName) {
                    objectName(inner, thread);
                } else {
                    queueSubmit(inner, thread);
                }
            }
            EventTypeInfo type =
                    row.type(isName ? "vk_debug_utils_object_name" : "vk_queue_submit");
            out.write(
                    timeNs,
                    Origin.on(-1, thread[0], facts.names.thread(thread[0])),
                    tracks.ofGpu("vulkan"),
                    type,
                    row.values());
        }
    }

    private void objectName(ProtoCursor in, int[] thread) throws ProtoException {
        switch (in.field()) {
            case 1 -> {
                thread[0] = in.int32();
                row.number("pid", Unit.ID, true, in.int32());
            }
            case 2 -> row.number("vk_device", Unit.HEX, false, in.number());
            case 3 -> row.number("object_type", Unit.NONE, true, in.number());
            case 4 -> row.number("object", Unit.HEX, false, in.number());
            case 5 -> row.text("object_name", in.text());
            default -> {}
        }
    }

    private void queueSubmit(ProtoCursor in, int[] thread) throws ProtoException {
        switch (in.field()) {
            case 1 -> row.number("duration_ns", Unit.NS, false, in.number());
            case 2 -> row.number("pid", Unit.ID, false, in.number());
            case 3 -> {
                thread[0] = in.int32();
                row.number("tid", Unit.ID, false, in.number());
            }
            case 4 -> row.number("vk_queue", Unit.HEX, false, in.number());
            case 5 -> {
                if (in.isNumber()) {
                    row.number("vk_command_buffer", Unit.HEX, false, in.number());
                }
            }
            case 6 -> row.number("submission_id", Unit.ID, false, in.number());
            default -> {}
        }
    }
}
