package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.TraceArchitecture;
import org.panscope.trace.io.TraceHeader;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What the rules know of the machine at one instant: the objects that are alive, as the events so
/// far tell of them. Rules read it, [MachineTracker] writes it.
public final class Machine {
    /// How long the machine may take to notice something before that counts as never: two ticks.
    static final long WAKE_NS = 20_000_000;

    /// Sync objects whose value is remembered; more are not known.
    private static final int MAX_SYNC_WORDS = 100_000;

    final Map<Long, GroupFacts> groups = new LinkedHashMap<>();
    final Map<Integer, Long> slots = new TreeMap<>();
    final Map<Integer, FileFacts> files = new TreeMap<>();
    final Map<String, FenceFacts> fences = new LinkedHashMap<>();
    final Map<Long, XgsQueueFacts> xgsQueues = new LinkedHashMap<>();
    final Map<Long, XgsJobFacts> xgsJobs = new LinkedHashMap<>();
    final Map<ObjectId, Long> syncValues = new LinkedHashMap<>();
    final DoorbellPages pages = new DoorbellPages();

    private final TraceHeader header;
    private final Isa isa;

    /// CSG slots of the GPU, or 0 when not told.
    int slotCount;

    /// Runtime PM usage count, or -1 when not told.
    int powerUsage = -1;

    /// Whether the scheduler holds its own reference on the device's power.
    boolean isSchedulerPowered;

    /// Between `suspend_end` and `resume_begin`.
    boolean isSuspended;

    boolean isResetting;

    /// Since when the works of the scheduler are cancelled for a reset, or -1.
    long worksCancelledSeq = -1;

    boolean isTicking;

    /// The run came to rest: nothing more can happen.
    boolean isAtRest;

    long nowNs;

    /// An open of the device file.
    static final class FileFacts {
        final int fileId;
        final String process;
        long closedSeq = -1;

        FileFacts(int fileId, String process) {
            this.fileId = fileId;
            this.process = process;
        }
    }

    /// @param header of the trace; says which switches an emulated run was made with
    public Machine(TraceHeader header) {
        this.header = header;
        this.isa = TraceArchitecture.of(header).isa();
    }

    /// Time has come that far.
    public void noteTime(long timeNs) {
        nowNs = Math.max(nowNs, timeNs);
    }

    /// Whether the run was made with this switch on; false for captures, which cannot tell.
    boolean isSwitchedOn(String name) {
        return "true".equals(header.attributes().get(name));
    }

    /// Instruction set of the GPU's command streams.
    Isa isa() {
        return isa;
    }

    @Nullable GroupFacts group(@Nullable Long gid) {
        return gid == null ? null : groups.get(gid);
    }

    @Nullable QueueFacts queue(@Nullable Long gid, @Nullable Integer queue) {
        GroupFacts group = group(gid);
        return group == null || queue == null ? null : group.queue(queue);
    }

    /// The queue a command stream interface executes, or null.
    @Nullable QueueFacts queueAt(int csg, int cs) {
        return queue(slots.get(csg), cs);
    }

    Collection<GroupFacts> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /// The value a sync object holds, or null when not seen.
    @Nullable Long syncValue(int vmId, long va) {
        return syncValues.get(ObjectId.sync(vmId, va));
    }

    void noteSyncValue(int vmId, long va, long value) {
        ObjectId id = ObjectId.sync(vmId, va);
        if (syncValues.size() < MAX_SYNC_WORDS || syncValues.containsKey(id)) {
            syncValues.put(id, value);
        }
    }

    /// Process of a file, or `file N`.
    String processOf(int fileId) {
        FileFacts file = files.get(fileId);
        return file == null ? "file " + fileId : file.process;
    }
}
