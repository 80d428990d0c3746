package org.panscope.trace.perfetto;

import org.panscope.trace.quality.DeferredLosses;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Packets that are an event, or some at one time.
final class PacketEvents {
    private final FileFacts facts;
    private final EventIndexing indexing;
    private final DeferredLosses losses;
    private final PerfettoOutput out;
    private final TrackEvents trackEvents;
    private final GpuEvents gpu;
    private final FtraceDecoder ftrace;
    private final ProtoCursor cursor = new ProtoCursor();
    private final Map<Integer, PanscopeEvents> exports = new TreeMap<>();
    private final Set<Long> seen = new HashSet<>();

    PacketEvents(
            FileFacts facts,
            EventIndexing indexing,
            DeferredLosses losses,
            PerfettoOutput out,
            FtraceDecoder ftrace) {
        this.facts = facts;
        this.indexing = indexing;
        this.losses = losses;
        this.out = out;
        PerfettoTracks tracks = new PerfettoTracks(facts, out);
        trackEvents = new TrackEvents(facts, out, tracks, ftrace);
        gpu = new GpuEvents(facts, out, tracks);
        this.ftrace = ftrace;
    }

    /// Whether a writer's packets were among those before.
    boolean isSeen(long sequence) {
        return seen.contains(sequence);
    }

    void see(long sequence) {
        seen.add(sequence);
    }

    void write(Packet packet, long timeNs, int generation) throws IOException {
        seen.add(packet.sequence());
        packet.data(cursor);
        switch (packet.data()) {
            case Packet.TRACK_EVENT -> trackEvent(packet, timeNs, generation);
            case Packet.GPU_RENDER_STAGE_EVENT ->
                    gpu.renderStage(cursor, timeNs, packet.sequence(), generation);
            case Packet.GPU_COUNTER_EVENT -> gpu.counters(cursor, timeNs, packet.sequence());
            case Packet.GPU_LOG -> gpu.log(cursor, timeNs);
            case Packet.VULKAN_API_EVENT -> gpu.vulkan(cursor, timeNs);
            case Packet.GPU_MEM_TOTAL_EVENT ->
                    ftrace.writeMessage(FtraceEvents.GPU_MEM_TOTAL, cursor, timeNs, generation);
            default -> {}
        }
    }

    private void trackEvent(Packet packet, long timeNs, int generation) throws IOException {
        PanscopeDefinitions.Export export = facts.panscope.export(generation);
        if (export == null) {
            trackEvents.write(cursor, timeNs, generation, indexing.defaultOf(generation));
        } else {
            events(generation, export).write(cursor, packet.timestamp(), generation);
        }
    }

    private PanscopeEvents events(int generation, PanscopeDefinitions.Export export) {
        return exports.computeIfAbsent(
                generation, key -> new PanscopeEvents(export, facts, losses, out));
    }

    /// Tells what is left to tell when all events are written.
    void finish() throws IOException {
        facts.panscope.all().forEach(this::events);
        for (PanscopeEvents export : exports.values()) {
            export.finish();
        }
        trackEvents.report(losses);
    }
}
