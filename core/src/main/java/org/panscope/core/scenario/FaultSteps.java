package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.CommandStream;
import org.panscope.core.fw.ExceptionType;
import org.panscope.core.fw.FirmwareFaults;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent.IrqLine;

import java.util.Locale;

/// The steps that let firmware or hardware go wrong in ways a board could, and those about the
/// device as its administrator sees it.
final class FaultSteps {
    private static final long POLL_NS = 1_000;
    private static final long TIMEOUT_NS = 1_000_000_000;

    private final StepRunner runner;

    FaultSteps(StepRunner runner) {
        this.runner = runner;
    }

    void step(Step step) throws StepFailure {
        Values args = step.args();
        Machine machine = runner.machine();
        switch (step.kind()) {
            case FIRMWARE_HANG -> {
                if (args.flag("broken")) {
                    machine.mcu().faults().breakDown();
                }
                runner.mark("the firmware hangs");
                machine.mcu().hang(args.number("for", 0));
            }
            case DROP_ACK -> dropAcknowledges(step);
            case DROP_INTERRUPT -> {
                String line = args.text("line");
                runner.mark("interrupts of line " + line + " get lost");
                machine.gpu()
                        .loseInterrupts(
                                IrqLine.valueOf(line.toUpperCase(Locale.ROOT)), count(args));
            }
            case HARDWARE_HANG -> hang(step);
            case GPU_RESET -> {
                CommandStream stream = stream(step);
                runner.mark("a stream cannot recover");
                stream.injectFatal(ExceptionType.CS_UNRECOVERABLE, 0, 0);
            }
            case PROFILING -> {
                int mask = args.integer("mask", 0);
                StepRunner.check(step, machine.device().storeProfiling(mask));
            }
            case FDINFO -> {
                int file = runner.file(args).fileId();
                runner.mark(String.join("; ", machine.device().files().get(file - 1).fdinfo()));
            }
            default -> throw new IllegalStateException("step=" + step.kind());
        }
    }

    private void dropAcknowledges(Step step) throws StepFailure {
        Values args = step.args();
        String request = args.text("request");
        int slot = FirmwareFaults.GLOBAL;
        int bits =
                switch (request) {
                    case "state" -> FwBits.CSG_STATE_MASK;
                    case "endpoint_config" -> FwBits.CSG_ENDPOINT_CONFIG;
                    case "status_update" -> FwBits.CSG_STATUS_UPDATE;
                    default -> FwBits.GLB_PING;
                };
        if (!request.equals("ping")) {
            slot = onSlot(step).csgId();
        }
        runner.mark("acknowledges of " + request + " get lost");
        runner.machine().mcu().faults().dropAcknowledges(slot, bits, count(args));
    }

    private void hang(Step step) throws StepFailure {
        Values args = step.args();
        String unit = args.text("unit");
        runner.mark("the " + unit.replace('_', ' ') + " hangs");
        switch (unit) {
            case "address_space" -> {
                int as = args.has("group") ? onSlot(step).vm().as() : 0;
                runner.machine().gpu().faults().stickAddressSpace(as);
            }
            case "cache_flush" -> runner.machine().gpu().faults().loseFlushes(count(args));
            default -> runner.machine().gpu().faults().loseResets(count(args));
        }
    }

    private CommandStream stream(Step step) throws StepFailure {
        Group group = onSlot(step);
        return runner.machine().mcu().stream(group.csgId(), step.args().integer("queue", 0));
    }

    /// The driver's group of a step, once it has a slot and its streams run.
    private Group onSlot(Step step) throws StepFailure {
        Values args = step.args();
        Simulation sim = runner.machine().simulation();
        long untilNs = sim.nowNs() + args.number("timeout", TIMEOUT_NS);
        QueueSteps.Group named = runner.object(args.text("group"), QueueSteps.Group.class);
        while (true) {
            @Nullable Group group = runner.machine().group(named.group());
            if (group != null && isRunning(group)) {
                return group;
            }
            if (sim.nowNs() >= untilNs) {
                throw new StepFailure(step, "the group has no slot");
            }
            sim.sleep(POLL_NS);
        }
    }

    private boolean isRunning(Group group) {
        return group.csgId() >= 0 && runner.machine().mcu().stream(group.csgId(), 0).isRunning();
    }

    private static int count(Values args) {
        return args.integer("count", 1);
    }
}
