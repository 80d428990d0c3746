package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.hw.Gpu;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FaultKind;

/// Tells what a stream does: steps as events, and status words, faults and fatal reports for the
/// host.
///
/// kernel: panthor_fw.h: panthor_fw_cs_output_iface
final class CsReporter {
    private final Gpu gpu;
    private final GroupInterface group;
    private final CommandStream stream;
    private final McuMemory memory;
    private long pcTold;

    CsReporter(Gpu gpu, GroupInterface group, CommandStream stream, McuMemory memory) {
        this.gpu = gpu;
        this.group = group;
        this.stream = stream;
        this.memory = memory;
    }

    /// Address of the current instruction when an event last told of it.
    long pcTold() {
        return pcTold;
    }

    /// The address, for an event that is recorded now.
    long tellPc() {
        pcTold = stream.pc();
        return pcTold;
    }

    /// Tells of a step; what the actor does next follows from it. Values that the step does not
    /// change are null.
    long follow(
            CsStep how, @Nullable Long insert, @Nullable Long extract, @Nullable Boolean active) {
        return gpu.simulation().follow(stream.track(), step(how, insert, extract, active));
    }

    FirmwareEvent.FwCs step(
            CsStep how, @Nullable Long insert, @Nullable Long extract, @Nullable Boolean active) {
        StreamCore.Wait wait = stream.core().wait;
        boolean isBlock = how == CsStep.BLOCK;
        boolean isSync = isBlock && wait.reason == FwBits.BLOCKED_REASON_SYNC_WAIT;
        return new FirmwareEvent.FwCs(
                group.index(),
                stream.index(),
                how,
                insert,
                extract,
                active,
                tellPc(),
                isBlock ? wait.reason : null,
                isSync ? wait.va : null,
                isSync ? wait.reference : null,
                isSync ? wait.greater : null,
                isSync ? wait.is64 : null);
    }

    /// Refreshes the status words.
    void status() {
        StreamCore core = stream.core();
        StreamCore.Wait wait = core.wait;
        word("status_wait", CsOutput.STATUS_WAIT, wait.statusWord());
        word("status_req_resource", CsOutput.STATUS_REQ_RESOURCE, core.resources);
        word("status_scoreboards", CsOutput.STATUS_SCOREBOARDS, core.scoreboard.busyMask());
        word("status_blocked_reason", CsOutput.STATUS_BLOCKED_REASON, wait.reason);
        word("status_wait_sync_value", CsOutput.STATUS_WAIT_SYNC_VALUE, (int) wait.reference);
        word(
                "status_wait_sync_value_hi",
                CsOutput.STATUS_WAIT_SYNC_VALUE_HI,
                (int) (wait.reference >>> 32));
        word64("status_cmd_ptr", CsOutput.STATUS_CMD_PTR, stream.pc());
        word64("status_wait_sync_ptr", CsOutput.STATUS_WAIT_SYNC_PTR, wait.va);
    }

    /// A recoverable report. The words keep the first one until the host has acknowledged it.
    void fault(int exception, int data, long info) {
        event(FaultKind.CS_FAULT, exception, data, info);
        if (!group.isEventPending(stream.index(), FwBits.CS_FAULT)) {
            word("fault", CsOutput.FAULT, exception | (data << 8));
            word64("fault_info", CsOutput.FAULT_INFO, info);
            group.raiseStreamEvent(stream.index(), FwBits.CS_FAULT);
        }
    }

    /// The end of the stream.
    void fatal(int exception, int data, long info) {
        event(FaultKind.CS_FATAL, exception, data, info);
        stream.die();
        word("fatal", CsOutput.FATAL, exception | (data << 8));
        word64("fatal_info", CsOutput.FATAL_INFO, info);
        group.raiseStreamEvent(stream.index(), FwBits.CS_FATAL);
        group.updateIdle();
    }

    private void event(FaultKind kind, int exception, int data, long info) {
        gpu.simulation()
                .follow(
                        stream.track(),
                        new FirmwareEvent.Fault(
                                kind,
                                group.index(),
                                stream.index(),
                                group.addressSpace(),
                                exception,
                                data,
                                info));
    }

    private void word(String name, long offset, int value) {
        memory.write32(
                group.streamBlock(stream.index()),
                name,
                group.csOutput(stream.index()) + offset,
                value);
    }

    private void word64(String name, long offset, long value) {
        memory.write64(
                group.streamBlock(stream.index()),
                name,
                group.csOutput(stream.index()) + offset,
                value);
    }
}
