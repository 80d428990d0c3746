package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.schema.Unit;

import java.util.Locale;

/// What firmware and hardware do. They speak of CSGs and CS interfaces; what they say of one is
/// said of the queue bound there, too.
final class FirmwareReducer {
    private static final String[] WAIT = {
        "blocked_reason", "wait_va", "wait_ref", "wait_gt", "wait_64"
    };

    private FirmwareReducer() {}

    static void apply(StateBuilder state, FirmwareEvent event) {
        switch (event) {
            case FirmwareEvent.FwCs cs -> commandStream(state, cs);
            case FirmwareEvent.CsInstr instr -> {
                instruction(state.edit(csId(instr.csg(), instr.cs())), instr);
                ObjectEditor queue = Queues.boundTo(state, instr.csg(), instr.cs());
                if (queue != null) {
                    instruction(queue, instr);
                }
            }
            case FirmwareEvent.FwReq req ->
                    FwInterfaces.word(
                            state, req.block(), req.word(), req.newValue(), Belief.KERNEL);
            case FirmwareEvent.FwAck ack ->
                    FwInterfaces.word(
                            state, ack.block(), ack.word(), ack.newValue(), Belief.FIRMWARE);
            case FirmwareEvent.FwWrite write ->
                    FwInterfaces.word(
                            state,
                            write.block(),
                            write.word(),
                            write.value(),
                            write.byFirmware() ? Belief.FIRMWARE : Belief.KERNEL);
            case FirmwareEvent.FwDoorbellScan scan ->
                    state.edit(new ObjectId("iface", "GLB"))
                            .set(Belief.FIRMWARE, "scan_doorbell", scan.doorbellId(), Unit.INDEX)
                            .set(Belief.FIRMWARE, "scan_csg_mask", scan.csgMask(), Unit.HEX);
            case FirmwareEvent.Irq irq -> irq(state, irq);
            case FirmwareEvent.Mcu mcu ->
                    state.edit(Devices.GPU).set(Belief.FIRMWARE, "mcu_state", mcu.state());
            case FirmwareEvent.AsConfig config ->
                    state.edit(ObjectId.of("as", config.as()))
                            .clear(Belief.FIRMWARE, "vm")
                            .set(Belief.FIRMWARE, "vm", config.vmId(), Unit.ID)
                            .set(Belief.FIRMWARE, "transtab", config.transtab(), Unit.HEX);
            case FirmwareEvent.Fault fault -> fault(state, fault);
            case FirmwareEvent.RegWrite write ->
                    state.edit(Devices.GPU)
                            .set(
                                    Belief.FIRMWARE,
                                    "reg_" + write.name().toLowerCase(Locale.ROOT),
                                    write.value(),
                                    Unit.HEX);
            case FirmwareEvent.Endpoint endpoint -> endpoint(state, endpoint);
            case FirmwareEvent.TilerHeap heap -> heap(state, heap);
            case FirmwareEvent.FwReload _ -> FwInterfaces.reload(state);
        }
    }

    private static void endpoint(StateBuilder state, FirmwareEvent.Endpoint event) {
        String kind = event.kind().label();
        ObjectEditor stream = state.edit(csId(event.csg(), event.cs()));
        switch (event.step()) {
            case REQUEST -> stream.set(Belief.FIRMWARE, kind, "requested");
            case GRANT ->
                    stream.set(Belief.FIRMWARE, kind, "granted")
                            .set(Belief.FIRMWARE, kind + "_cores", event.cores(), Unit.HEX);
            case START -> {
                count(stream, kind, 1);
                stream.set(Belief.FIRMWARE, kind + "_job", event.pc(), Unit.GPU_VA);
            }
            case END, DROP -> count(stream, kind, -1);
            case RELEASE -> stream.clear(Belief.FIRMWARE, kind, kind + "_cores");
        }
    }

    /// Counts the jobs that run for a stream on one kind of endpoint.
    private static void count(ObjectEditor stream, String kind, int change) {
        Long before = stream.number(Belief.FIRMWARE, kind + "_jobs");
        long jobs = (before == null ? 0 : before) + change;
        if (jobs > 0) {
            stream.set(Belief.FIRMWARE, kind + "_jobs", jobs, Unit.COUNT);
        } else {
            stream.clear(Belief.FIRMWARE, kind + "_jobs", kind + "_job");
        }
    }

    private static void heap(StateBuilder state, FirmwareEvent.TilerHeap event) {
        state.edit(ObjectId.heap(event.vmId(), event.heapVa()))
                .set(Belief.FIRMWARE, "last_step", event.step())
                .set(Belief.FIRMWARE, "vt_start", event.vtStart(), Unit.COUNT)
                .set(Belief.FIRMWARE, "vt_end", event.vtEnd(), Unit.COUNT)
                .set(Belief.FIRMWARE, "frag_end", event.fragEnd(), Unit.COUNT)
                .set(Belief.FIRMWARE, "chunk", event.chunk(), Unit.GPU_VA);
    }

    private static ObjectId csId(int csg, int cs) {
        return new ObjectId("cs", csg + "." + cs);
    }

    private static void commandStream(StateBuilder state, FirmwareEvent.FwCs event) {
        believe(state.edit(csId(event.csg(), event.cs())), event);
        ObjectEditor queue = Queues.boundTo(state, event.csg(), event.cs());
        if (queue == null) {
            return;
        }
        believe(queue, event);
        Long extract = event.extract();
        if (extract != null) {
            Queues.storeUserIo(state, queue, UserIoLayout.EXTRACT, extract, Long.BYTES);
        }
        Boolean active = event.active();
        if (active != null) {
            Queues.storeUserIo(state, queue, UserIoLayout.ACTIVE, active ? 1 : 0, Integer.BYTES);
        }
    }

    private static void believe(ObjectEditor object, FirmwareEvent.FwCs event) {
        String now =
                switch (event.step()) {
                    case START, RESUME -> "started";
                    case STOP -> "stopped";
                    case SUSPEND -> "suspended";
                    case FETCH, UNBLOCK -> "executing";
                    case BLOCK -> "blocked";
                    case EMPTY -> "empty";
                    case EXTRACT, ACTIVE -> null;
                };
        switch (event.step()) {
            case START, UNBLOCK, BLOCK -> object.clear(Belief.FIRMWARE, WAIT);
            case RESUME, STOP, SUSPEND, FETCH, EMPTY, EXTRACT, ACTIVE -> {}
        }
        object.set(Belief.FIRMWARE, "state", now)
                .set(Belief.FIRMWARE, "insert", event.insert(), Unit.BYTES)
                .set(Belief.FIRMWARE, "extract", event.extract(), Unit.BYTES)
                .set(Belief.FIRMWARE, "active", event.active())
                .set(Belief.FIRMWARE, "pc", event.pc(), Unit.GPU_VA)
                .set(Belief.FIRMWARE, "blocked_reason", event.blockedReason(), Unit.INDEX)
                .set(Belief.FIRMWARE, "wait_va", event.waitVa(), Unit.GPU_VA)
                .set(Belief.FIRMWARE, "wait_ref", event.waitRef(), Unit.COUNT)
                .set(Belief.FIRMWARE, "wait_gt", event.waitGt())
                .set(Belief.FIRMWARE, "wait_64", event.wait64());
    }

    private static void instruction(ObjectEditor object, FirmwareEvent.CsInstr event) {
        object.set(Belief.FIRMWARE, "pc", event.pc(), Unit.GPU_VA)
                .set(Belief.FIRMWARE, "instruction", event.word(), Unit.HEX)
                .set(Belief.FIRMWARE, "call_depth", event.depth(), Unit.INDEX);
    }

    private static void irq(StateBuilder state, FirmwareEvent.Irq irq) {
        ObjectEditor line =
                state.edit(new ObjectId("irq", irq.line().label()))
                        .set(Belief.FIRMWARE, "status", irq.status(), Unit.HEX);
        switch (irq.step()) {
            case RAISE -> line.set(Belief.FIRMWARE, "raised", true);
            case ENTRY ->
                    line.set(Belief.FIRMWARE, "raised", false)
                            .set(Belief.KERNEL, "handler", "entry");
            case THREAD -> line.set(Belief.KERNEL, "handler", "thread");
            case EXIT -> line.set(Belief.KERNEL, "handler", "idle");
        }
    }

    private static void fault(StateBuilder state, FirmwareEvent.Fault fault) {
        Integer as = fault.as();
        Integer csg = fault.csg();
        Integer cs = fault.cs();
        if (as != null) {
            fault(state.edit(ObjectId.of("as", as)), fault);
        }
        if (csg != null && cs != null) {
            fault(state.edit(csId(csg, cs)), fault);
            @Nullable ObjectEditor queue = Queues.boundTo(state, csg, cs);
            if (queue != null) {
                fault(queue, fault);
            }
        }
    }

    private static void fault(ObjectEditor object, FirmwareEvent.Fault fault) {
        String name = fault.kind().label().toLowerCase(Locale.ROOT);
        object.set(Belief.FIRMWARE, name, fault.exception(), Unit.HEX)
                .set(Belief.FIRMWARE, name + "_data", fault.data(), Unit.HEX)
                .set(Belief.FIRMWARE, name + "_info", fault.info(), Unit.HEX);
    }
}
