package org.panscope.trace.perfetto;

import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.DeferredLosses;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// The first walk over a file: everything that is needed to understand its events, which may stand
/// behind them.
final class Survey {
    /// Packets that tell nothing of the recorded machine's time line.
    private static final Map<Integer, String> WITHOUT_EVENTS =
            Map.of(
                    0, "nothing",
                    36, "synchronization_marker",
                    67, "cpu_info",
                    69, "service_event",
                    72, "extension_descriptor",
                    89, "trace_uuid",
                    124, "trace_provenance",
                    126, "trace_attributes",
                    128, "gpu_info",
                    130, "interrupt_info");

    /// Packets with events that are not of Panscope's business, by name for the report.
    private static final Map<Integer, String> NOT_DECODED =
            Map.ofEntries(
                    Map.entry(4, "inode_file_map"),
                    Map.entry(5, "chrome_events"),
                    Map.entry(7, "sys_stats"),
                    Map.entry(9, "process_stats"),
                    Map.entry(37, "profile_packet"),
                    Map.entry(38, "battery"),
                    Map.entry(39, "android_log"),
                    Map.entry(40, "power_rails"),
                    Map.entry(46, "trigger"),
                    Map.entry(47, "packages_list"),
                    Map.entry(49, "perfetto_metatrace"),
                    Map.entry(54, "streaming_profile_packet"),
                    Map.entry(57, "graphics_frame_event"),
                    Map.entry(62, "vulkan_memory_event"),
                    Map.entry(66, "perf_sample"),
                    Map.entry(70, "initial_display_state"),
                    Map.entry(76, "frame_timeline_event"),
                    Map.entry(107, "remote_clock_sync"),
                    Map.entry(117, "generic_kernel_task_state_event"),
                    Map.entry(118, "generic_kernel_cpu_freq_event"),
                    Map.entry(129, "generic_gpu_frequency_event"));

    private final FileFacts facts;
    private final DeferredLosses losses;
    private final Sequences sequences = new Sequences();
    private final RecorderStats stats = new RecorderStats();
    private final ProtoCursor cursor = new ProtoCursor();
    private final ProtoCursor inner = new ProtoCursor();
    private final ProtoCursor innermost = new ProtoCursor();
    private final SortedMap<Integer, Long> notDecoded = new TreeMap<>();
    private long packets;
    private long otherMachines;
    private boolean hasFtrace;
    private boolean hasOtherEvents;
    private int firstClock;

    Survey(FileFacts facts, DeferredLosses losses) {
        this.facts = facts;
        this.losses = losses;
    }

    /// Walks over the file.
    ///
    /// @return whether it was cancelled
    /// @throws PerfettoFormatException if there is no packet in it
    boolean run(PacketFile file, Progress progress) throws IOException {
        boolean cancelled = file.forEach(this::packet, losses, progress);
        if (packets == 0) {
            throw new PerfettoFormatException(
                    facts.source + ": holds no Perfetto packet that can be read");
        }
        chooseClock();
        facts.panscope.decide(hasFtrace || hasOtherEvents);
        facts.attributes.put("packets", Long.toString(packets));
        return cancelled;
    }

    /// Tells what the recorder knows to be missing, and what is not decoded.
    void report() {
        stats.report(losses);
        notDecoded.forEach((number, count) ->
                losses.lost(
                        "unknown-packet",
                        count
                                + " packets of kind "
                                + number
                                + (NOT_DECODED.containsKey(number)
                                        ? " (" + NOT_DECODED.get(number) + ")"
                                        : "")
                                + " are not decoded",
                        count));
        tooMany("interned texts", facts.interned.refused());
        tooMany("track descriptors", facts.tracks.refused());
        if (facts.described.conflicts() > 0) {
            losses.lost(
                    "unknown-event",
                    facts.described.conflicts()
                            + " descriptions of an event contradict an earlier one",
                    null);
        }
        if (otherMachines > 0) {
            losses.lost(
                    "other-machine",
                    otherMachines + " packets come from other machines and are left out",
                    otherMachines);
        }
    }

    private void tooMany(String what, long refused) {
        if (refused > 0) {
            losses.lost("too-many", refused + " more " + what + " than there is room for", refused);
        }
    }

    private void packet(Packet packet) throws IOException {
        packets++;
        if (packet.machine() != 0) {
            otherMachines++;
            return;
        }
        Sequences.State state = sequences.enter(packet);
        if (packet.hasInterned()) {
            facts.interned.add(state.generation(), packet.interned(cursor));
        }
        switch (packet.data()) {
            case Packet.FTRACE_EVENTS -> hasFtrace = true;
            case Packet.CLOCK_SNAPSHOT ->
                    facts.clocks.add(packet.data(cursor), packet.sequence(), null);
            case Packet.PROCESS_TREE -> facts.names.addTree(packet.data(cursor));
            case Packet.TRACK_DESCRIPTOR -> facts.tracks.add(packet.data(cursor), facts.names);
            case Packet.PROCESS_DESCRIPTOR ->
                    new TrackDescriptors.Owner().takeProcess(packet.data(cursor), facts.names);
            case Packet.THREAD_DESCRIPTOR ->
                    new TrackDescriptors.Owner().takeThread(packet.data(cursor), facts.names);
            case Packet.FTRACE_STATS -> stats.addFtrace(packet.data(cursor));
            case Packet.TRACE_STATS -> stats.addTrace(packet.data(cursor));
            case Packet.SYSTEM_INFO -> systemInfo(packet.data(cursor));
            case Packet.TRACE_CONFIG -> traceConfig(packet.data(cursor));
            case Packet.GPU_COUNTER_EVENT -> {
                hasOtherEvents = true;
                facts.gpu.addCounters(packet.sequence(), packet.data(cursor));
            }
            case Packet.GPU_RENDER_STAGE_EVENT -> {
                hasOtherEvents = true;
                facts.gpu.addSpecifications(packet.sequence(), packet.data(cursor));
            }
            case Packet.TRACK_EVENT -> {
                if (PanscopeDefinitions.mayBe(packet)) {
                    facts.panscope.add(state.generation(), packet.data(cursor));
                } else {
                    hasOtherEvents = true;
                }
            }
            case Packet.GPU_LOG, Packet.VULKAN_API_EVENT, Packet.GPU_MEM_TOTAL_EVENT ->
                    hasOtherEvents = true;
            default -> {
                if (!WITHOUT_EVENTS.containsKey(packet.data())) {
                    notDecoded.merge(packet.data(), 1L, Long::sum);
                }
            }
        }
        if (packet.hasTimestamp() && firstClock == 0 && packet.data() != Packet.CLOCK_SNAPSHOT) {
            int own = packet.clock() != 0 ? packet.clock() : state.clock();
            firstClock = own == 0 ? Clocks.BOOTTIME : own;
        }
    }

    /// Boot time, unless the file never speaks of it.
    private void chooseClock() {
        Clocks.Clock boot = Clocks.clock(-1, Clocks.BOOTTIME);
        int primary = facts.clocks.primary();
        boolean knowsBoot = hasFtrace || facts.clocks.isRead(boot);
        if (!knowsBoot && primary != 0) {
            facts.clock = Clocks.clock(-1, primary);
        } else if (!knowsBoot && firstClock != 0) {
            facts.clock = Clocks.clock(-1, firstClock);
        }
    }

    private void systemInfo(ProtoCursor in) throws ProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> facts.attributes.put("uname", uname(inner.on(in)));
                case 4 -> facts.attributes.put("recorder", in.text());
                case 8 -> facts.attributes.put("cpus", Integer.toString(in.int32()));
                default -> {}
            }
        }
    }

    /// In the order `uname -a` prints them.
    private static String uname(ProtoCursor in) throws ProtoException {
        String[] parts = {"", "", "", ""};
        int[] order = {0, 2, 1, 3};
        while (in.next()) {
            if (in.field() >= 1 && in.field() <= 4) {
                parts[order[in.field() - 1]] = in.text();
            }
        }
        return String.join(" ", parts).strip().replaceAll(" +", " ");
    }

    private void traceConfig(ProtoCursor in) throws ProtoException {
        StringJoiner sources = new StringJoiner(", ");
        while (in.next()) {
            if (in.field() == 2 && !in.isNumber() && sources.length() < 1000) {
                inner.on(in);
                while (inner.next()) {
                    if (inner.field() == 1 && !inner.isNumber()) {
                        dataSource(innermost.on(inner), sources);
                    }
                }
            }
        }
        if (sources.length() > 0) {
            facts.attributes.put("data-sources", sources.toString());
        }
    }

    private static void dataSource(ProtoCursor in, StringJoiner into) throws ProtoException {
        while (in.next()) {
            if (in.field() == 1 && !in.isNumber()) {
                into.add(in.text());
            }
        }
    }
}
