package org.panscope.core.fw;

import org.panscope.core.fw.endpoint.EndpointLimits;
import org.panscope.core.fw.endpoint.EndpointPool;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The firmware's side of a CSG slot: handles its requests, runs its streams, raises its events.
///
/// kernel: panthor_fw.h: panthor_fw_csg_input_iface, panthor_fw_csg_output_iface
public final class GroupInterface {
    /// Slots shared by the streams of a group, as many as the 4-bit operand can name.
    private static final int SHARED_SLOTS = 16;

    private final Mcu mcu;
    private final Gpu gpu;
    private final Simulation simulation;
    private final McuMemory memory;
    private final InterfaceMap map;
    private final int index;
    private final String block;
    private final List<CommandStream> streams = new ArrayList<>();
    private final ProgressWatch watch;
    private final GroupEvents events;
    private final int[] sharedSlots = new int[SHARED_SLOTS];
    private final boolean sharesSlots;
    private final SuspendArea suspendArea;
    private final SuspendDrain drain;
    private final HeapShortage shortage;
    private int addressSpace;
    private boolean onSlot;
    private boolean idle;

    GroupInterface(Mcu mcu, Gpu gpu, McuMemory memory, InterfaceMap map, int index) {
        this.mcu = mcu;
        this.gpu = gpu;
        this.simulation = gpu.simulation();
        this.memory = memory;
        this.map = map;
        this.index = index;
        block = "CSG" + index;
        sharesSlots = SuspendBuffer.hasSharedSlots(CsRules.isaOf(gpu.parameters()));
        suspendArea = new SuspendArea(memory, map.csgInput(index), map.streams());
        watch = new ProgressWatch(gpu, mcu, this);
        drain = new SuspendDrain(gpu, streams, this::drained);
        shortage = new HeapShortage(simulation, streams);
        events = new GroupEvents(gpu, memory, map, mcu.faults(), index);
        for (int cs = 0; cs < map.streams(); cs++) {
            streams.add(new CommandStream(gpu, this, memory, cs));
        }
    }

    public int index() {
        return index;
    }

    /// Its streams, by number.
    public List<CommandStream> streams() {
        return List.copyOf(streams);
    }

    /// Whether a group is started or resumed here.
    public boolean isOnSlot() {
        return onSlot;
    }

    /// Whether all its streams count as idle.
    public boolean isIdle() {
        return idle;
    }

    /// The address space its streams use.
    public int addressSpace() {
        return addressSpace;
    }

    String streamBlock(int cs) {
        return block + ".CS" + cs;
    }

    long csInput(int cs) {
        return map.csInput(index, cs);
    }

    long csOutput(int cs) {
        return map.csOutput(index, cs);
    }

    // ---- requests -----------------------------------------------------------------------------

    /// The firmware has booted: nothing is on the slot, whatever its words said before.
    void booted() {
        events.reset(streams.size());
    }

    /// Handles whatever the host asked of this slot.
    void process() {
        int req = input(CsgInput.REQ);
        int asked = req ^ output(CsgOutput.ACK);
        int handled = asked & (FwBits.CSG_ENDPOINT_CONFIG | FwBits.CSG_STATUS_UPDATE);
        if ((asked & FwBits.CSG_STATE_MASK) != 0 && changeState(req & FwBits.CSG_STATE_MASK)) {
            handled |= FwBits.CSG_STATE_MASK;
        }
        if ((asked & FwBits.CSG_ENDPOINT_CONFIG) != 0) {
            configureEndpoints();
        }
        if ((asked & FwBits.CSG_STATUS_UPDATE) != 0) {
            refreshStatus();
        }
        ringStreams();
        events.acknowledge(handled, req);
        updateIdle();
    }

    private void ringStreams() {
        int requested = input(CsgInput.DOORBELL_REQ);
        int pending = requested ^ output(CsgOutput.DOORBELL_ACK);
        for (CommandStream stream : streams) {
            if ((pending >> stream.index() & 1) == 0) {
                continue;
            }
            if (onSlot) {
                applyStreamState(stream);
                events.extractSeen(stream.index());
                stream.reconfigure();
                stream.doorbell();
                stream.oom().look();
            }
            if (gpu.parameters().isOn(GpuParameters.REPOLL_ON_GROUP_DOORBELL)) {
                repollSync();
            }
        }
        memory.acknowledge(
                block, "doorbell_ack", map.csgOutput(index) + CsgOutput.DOORBELL_ACK, requested);
    }

    /// Goes to another state.
    ///
    /// @return whether the acknowledge shall show it
    private boolean changeState(int state) {
        if (state != FwBits.CSG_STATE_SUSPEND) {
            stopDraining();
        }
        switch (state) {
            case FwBits.CSG_STATE_START, FwBits.CSG_STATE_RESUME -> {
                if (!onSlot || gpu.parameters().isOn(GpuParameters.RESTART_RUNNING_CSG)) {
                    start(state == FwBits.CSG_STATE_RESUME);
                }
            }
            case FwBits.CSG_STATE_SUSPEND -> {
                if (drain.begin()) {
                    return false;
                }
                suspend();
            }
            case FwBits.CSG_STATE_TERMINATE -> {
                refreshStatus();
                streams.forEach(CommandStream::terminate);
                leave();
            }
            default -> {
                return gpu.parameters().isOn(GpuParameters.ECHO_UNKNOWN_CSG_STATE);
            }
        }
        return true;
    }

    /// Takes over what the host lets the group use.
    private void configureEndpoints() {
        long in = map.csgInput(index);
        EndpointLimits limits =
                new EndpointLimits(
                        memory.read64(in + CsgInput.ALLOW_COMPUTE),
                        memory.read64(in + CsgInput.ALLOW_FRAGMENT),
                        Integer.toUnsignedLong(input(CsgInput.ALLOW_OTHER)),
                        map.hasWideEndpointRequest()
                                ? (int) memory.read64(in + CsgInput.ENDPOINT_REQ2)
                                : input(CsgInput.ENDPOINT_REQ));
        endpointPool().setLimits(index, limits);
        long out = map.csgOutput(index);
        memory.write32(
                block,
                "status_endpoint_current",
                out + CsgOutput.STATUS_ENDPOINT_CURRENT,
                limits.granted());
        memory.write32(
                block,
                "status_endpoint_req",
                out + CsgOutput.STATUS_ENDPOINT_REQ,
                limits.request());
    }

    private void start(boolean resume) {
        configureEndpoints();
        addressSpace = input(CsgInput.CONFIG) & 0xf;
        onSlot = true;
        idle = false;
        writeIdleState();
        for (CommandStream stream : streams) {
            // What the group before asked for is no question to this one.
            withdrawEvent(stream.index(), FwBits.CS_TILER_OOM);
        }
        Arrays.fill(sharedSlots, 0);
        if (resume && sharesSlots) {
            suspendArea.loadShared(sharedSlots);
        }
        for (CommandStream stream : streams) {
            byte[] context = resume ? suspendArea.load(stream.index()) : null;
            if (wantsStart(stream)) {
                stream.start(context);
                acknowledgeStreamState(stream);
            }
        }
        idlenessChanged();
    }

    private void suspend() {
        refreshStatus();
        for (CommandStream stream : streams) {
            byte[] context = stream.suspend();
            if (context != null) {
                suspendArea.save(stream.index(), context);
            }
        }
        if (sharesSlots) {
            suspendArea.saveShared(sharedSlots);
        }
        leave();
    }

    /// The jobs that a suspension waited for have ended, or had their time.
    private void drained() {
        suspend();
        events.acknowledge(FwBits.CSG_STATE_MASK, FwBits.CSG_STATE_SUSPEND);
    }

    /// The host wants something else than the suspension it asked for.
    private void stopDraining() {
        if (drain.isDraining()) {
            drain.end();
            streams.forEach(stream -> stream.core().startReady());
            retryWhere(FwBits.BLOCKED_REASON_RESOURCE);
        }
    }

    private void leave() {
        drain.end();
        onSlot = false;
        idlenessChanged();
    }

    private void applyStreamState(CommandStream stream) {
        boolean wanted = wantsStart(stream);
        int ack = events.streamAck(stream.index());
        boolean started = (ack & FwBits.CS_STATE_MASK) == FwBits.CS_STATE_START;
        if (wanted && !started) {
            stream.start(null);
        } else if (!wanted && started) {
            stream.stop();
        }
        acknowledgeStreamState(stream);
    }

    private boolean wantsStart(CommandStream stream) {
        int req = events.streamReq(stream.index());
        return (req & FwBits.CS_STATE_MASK) == FwBits.CS_STATE_START;
    }

    private void acknowledgeStreamState(CommandStream stream) {
        int cs = stream.index();
        events.acknowledgeStream(cs, FwBits.CS_STATE_MASK, events.streamReq(cs));
    }

    /// The only place that refreshes status words of streams; suspend and terminate use it too.
    private void refreshStatus() {
        int waiting = 0;
        for (CommandStream stream : streams) {
            if (stream.isRunning()) {
                stream.reporter().status();
                if (stream.blockedReason() == FwBits.BLOCKED_REASON_RESOURCE) {
                    waiting |= stream.core().resources;
                }
            }
        }
        // ASSUMPTION: fw.resource_dep: the endpoints that streams wait for.
        memory.write32(
                block, "resource_dep", map.csgOutput(index) + CsgOutput.RESOURCE_DEP, waiting);
    }

    // ---- events -------------------------------------------------------------------------------

    /// Raises an event of the group unless the host has not yet seen the last one.
    void raiseEvent(int bit) {
        events.raise(bit);
    }

    boolean isEventPending(int cs, int bit) {
        return events.isPending(cs, bit);
    }

    /// Raises an event of a stream: its ack bit, the group's cs_irq_req bit, the interrupt.
    void raiseStreamEvent(int cs, int bit) {
        events.raiseStream(cs, bit);
    }

    /// Acknowledges an event of a stream on the host's behalf.
    void withdrawEvent(int cs, int bit) {
        if (events.isPending(cs, bit)) {
            events.acknowledgeStream(cs, bit, events.streamReq(cs));
        }
    }

    /// EXTRACT of a stream moved, and the host wants to know.
    void extractMoved(int cs) {
        events.extractMoved(cs);
    }

    /// A stream stored a sync object.
    void syncStored(boolean systemScope) {
        long cause = simulation.current().cause();
        gpu.simulation()
                .schedule(
                        gpu.actor(),
                        gpu.parameters().get(GpuParameters.SYNC_NOTIFY_NS),
                        Simulation.HARDWARE,
                        systemScope ? mcu::repollSync : this::repollSync);
        if (systemScope) {
            raiseEvent(FwBits.CSG_SYNC_UPDATE);
        }
        simulation.current().setCause(cause);
    }

    /// A stream of the group has begun to wait for something.
    void streamBlocked() {
        mcu.streamBlocked();
    }

    /// Lets streams blocked on a sync object look again.
    void repollSync() {
        retryWhere(FwBits.BLOCKED_REASON_SYNC_WAIT);
    }

    /// Re-evaluates whether the whole group is idle; going idle is an event.
    void updateIdle() {
        if (!onSlot) {
            return;
        }
        boolean allIdle = streams.stream().allMatch(CommandStream::isIdle);
        if (allIdle == idle) {
            return;
        }
        idle = allIdle;
        writeIdleState();
        if (idle) {
            raiseEvent(FwBits.CSG_IDLE);
        }
        idlenessChanged();
    }

    /// GLB_INPUT.progress_timer was taken over anew.
    void progressTimerChanged() {
        watch.restart();
    }

    /// Whether jobs may start: not while a suspension waits for those that run.
    boolean startsJobs() {
        return !drain.isDraining();
    }

    /// A job of a stream may have ended.
    void jobEnded() {
        drain.jobEnded();
    }

    private void idlenessChanged() {
        watch.update();
        mcu.idlenessChanged();
    }

    /// A stream of the group executed something.
    void progress() {
        watch.progress();
    }

    private void writeIdleState() {
        memory.write32(
                block,
                "status_state",
                map.csgOutput(index) + CsgOutput.STATUS_STATE,
                idle ? FwBits.CSG_STATUS_STATE_IS_IDLE : 0);
    }

    // ---- what streams ask ---------------------------------------------------------------------

    long progressOf(int queue) {
        return queue < streams.size() ? streams.get(queue).core().progress : 0;
    }

    void progressChanged() {
        retryWhere(FwBits.BLOCKED_REASON_PROGRESS_WAIT);
    }

    EndpointPool endpointPool() {
        return mcu.endpoints();
    }

    /// A slot that all streams of the group share, for tests and inspection.
    int sharedSlot(int entry) {
        return sharedSlots[entry];
    }

    /// Adds to a slot that all streams of the group share.
    void changeSharedSlot(int entry, int change) {
        sharedSlots[entry] = Math.max(0, sharedSlots[entry] + change);
    }

    HeapBook heaps() {
        return mcu.heaps();
    }

    /// Its streams' shortages of tiler memory.
    HeapShortage shortage() {
        return shortage;
    }

    private void retryWhere(int reason) {
        long cause = simulation.current().cause();
        for (CommandStream stream : streams) {
            if (stream.blockedReason() == reason) {
                simulation.current().setCause(cause);
                stream.retry();
            }
        }
        simulation.current().setCause(cause);
    }

    void addressSpaceUpdated(int as, boolean enabled) {
        if (onSlot && as == addressSpace) {
            streams.forEach(stream -> stream.loop().addressSpaceUpdated(enabled));
        }
    }

    void addressSpaceUnlocked(int as) {
        if (onSlot && as == addressSpace) {
            streams.forEach(stream -> stream.loop().addressSpaceUnlocked());
        }
    }

    /// Whether an address is out of reach because the host works on its translation.
    boolean isLocked(long va) {
        return gpu.mmu().isLocked(addressSpace, va)
                && gpu.parameters().isOn(GpuParameters.LOCK_STALLS);
    }

    void drop() {
        drain.end();
        streams.forEach(CommandStream::drop);
        onSlot = false;
        idle = false;
        watch.update();
    }

    private int input(long offset) {
        return memory.read32(map.csgInput(index) + offset);
    }

    private int output(long offset) {
        return memory.read32(map.csgOutput(index) + offset);
    }
}
