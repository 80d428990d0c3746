package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Tracks of the trace for the tracks writers describe: `process` > `thread`, and named ones inside
/// them or on their own. Bounded; further ones share a track.
final class PerfettoTracks {
    private static final int MOST = 50_000;
    private static final int DEEPEST = 64;

    private final FileFacts facts;
    private final PerfettoOutput out;
    private final Map<Long, Integer> byUuid = new HashMap<>();
    private final Map<String, Integer> gpu = new HashMap<>();

    PerfettoTracks(FileFacts facts, PerfettoOutput out) {
        this.facts = facts;
        this.out = out;
    }

    /// The track with a number, or of events that name none.
    int of(@Nullable Long uuid, EventIndexing.Default fallback) throws IOException {
        TraceWriter writer = out.writer();
        if (uuid == null || uuid == 0) {
            return fallback.tid() < 0
                    ? writer.track(TrackInfo.ROOT, "track", "track events")
                    : thread(writer, fallback.pid(), fallback.tid());
        }
        return define(writer, uuid, 0);
    }

    private int define(TraceWriter writer, long uuid, int depth) throws IOException {
        Integer known = byUuid.get(uuid);
        if (known != null) {
            return known;
        }
        if (byUuid.size() >= MOST || depth > DEEPEST) {
            return writer.track(TrackInfo.ROOT, "track", "further tracks");
        }
        int track = create(writer, uuid, depth);
        byUuid.put(uuid, track);
        return track;
    }

    private int create(TraceWriter writer, long uuid, int depth) throws IOException {
        TrackDescriptors.Described described = facts.tracks.get(uuid);
        if (described == null) {
            return writer.track(TrackInfo.ROOT, "track", "track 0x" + Long.toHexString(uuid));
        }
        if (described.tid() >= 0) {
            return thread(writer, described.pid(), described.tid());
        }
        if (described.pid() >= 0) {
            return process(writer, described.pid());
        }
        long parent = described.parent();
        int above =
                parent == 0 || parent == uuid ? TrackInfo.ROOT : define(writer, parent, depth + 1);
        String name =
                described.name().isEmpty() ? "track 0x" + Long.toHexString(uuid) : described.name();
        return writer.track(above, described.isCounter() ? "counter" : "track", name);
    }

    private int process(TraceWriter writer, int pid) {
        String name = facts.names.process(pid);
        return writer.track(
                TrackInfo.ROOT,
                "process",
                ("process " + (name == null ? "" : name)).strip() + " " + pid);
    }

    private int thread(TraceWriter writer, int pid, int tid) {
        String name = facts.names.thread(tid);
        return writer.track(
                process(writer, pid < 0 ? tid : pid),
                "thread",
                ((name == null ? "" : name) + " " + tid).strip());
    }

    /// A track of the GPU's.
    int ofGpu(String name) throws IOException {
        Integer known = gpu.get(name);
        if (known != null) {
            return known;
        }
        TraceWriter writer = out.writer();
        int root = writer.track(TrackInfo.ROOT, "gpu", "gpu");
        int track = gpu.size() < MOST ? writer.track(root, "gpu", name) : root;
        gpu.put(name, track);
        return track;
    }
}
