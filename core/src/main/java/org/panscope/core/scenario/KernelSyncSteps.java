package org.panscope.core.scenario;

import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.scenario.StepRunner.Vm;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.SyncObject;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.XgsClient;

import java.util.ArrayList;
import java.util.List;

/// The steps about XGS queues.
final class KernelSyncSteps {
    private final StepRunner runner;

    KernelSyncSteps(StepRunner runner) {
        this.runner = runner;
    }

    /// A handle and the file it belongs to.
    record Handle(DrmFile file, int handle) {}

    void step(Step step) throws StepFailure {
        Values args = step.args();
        switch (step.kind()) {
            case XGS_QUEUE_CREATE -> {
                Vm vm = runner.vm(args);
                String eventfd = args.textOrNull("eventfd");
                XgsClient client = new XgsClient(vm.file());
                define(
                        step,
                        vm.file(),
                        args.has("fd")
                                ? client.create(vm.handle(), (int) args.number("fd"))
                                : client.create(
                                        vm.handle(),
                                        eventfd == null
                                                ? null
                                                : runner.descriptor(eventfd).eventfd()));
            }
            case XGS_QUEUE_DESTROY -> {
                Handle queue = xgsQueue(args);
                StepRunner.check(step, new XgsClient(queue.file()).destroy(queue.handle()));
            }
            case XGS_QUEUE_SUBMIT -> submit(step);
            default -> throw new IllegalStateException("step=" + step.kind());
        }
    }

    private void submit(Step step) throws StepFailure {
        Values args = step.args();
        Handle queue = xgsQueue(args);
        List<XgsClient.Operation> operations = new ArrayList<>();
        for (Values op : args.list("ops")) {
            operations.add(operation(op));
        }
        List<SyncWish> syncs = QueueSteps.syncPoints(runner, args);
        StepRunner.check(
                step,
                new XgsClient(queue.file())
                        .submit(queue.handle(), (int) args.number("flags", 0), operations, syncs));
    }

    /// The queue a step names, or the handle it gives.
    private Handle xgsQueue(Values args) {
        return args.has("handle")
                ? new Handle(runner.file(args), (int) args.number("handle"))
                : handle(args, "xgs_queue");
    }

    private XgsClient.Operation operation(Values op) {
        int code = op.has("op") ? op.integer("op", 0) : codeOf(op.text("do"));
        int flags = op.integer("flags", 0);
        if (op.has("sync")) {
            SyncObject sync = runner.syncObject(op, "sync");
            return new XgsClient.Operation(
                    code, sync.isWide(), sync.va(), op.number("value"), flags);
        }
        boolean wide = op.text("format", "u64").equals("u64");
        return new XgsClient.Operation(code, wide, op.number("va"), op.number("value"), flags);
    }

    private static int codeOf(String operation) {
        return switch (operation) {
            case "wait_le" -> XgsOp.WAIT_LE;
            case "wait_gt" -> XgsOp.WAIT_GT;
            case "signal_set" -> XgsOp.SIGNAL_SET;
            case "signal_add" -> XgsOp.SIGNAL_ADD;
            default -> throw new IllegalStateException("op=" + operation);
        };
    }

    private void define(Step step, DrmFile file, IoctlResult<Integer> result) throws StepFailure {
        if (StepRunner.check(step, result.errno())) {
            runner.define(step.args(), new Handle(file, result.value()));
        }
    }

    private Handle handle(Values args, String key) {
        return runner.object(args.text(key), Handle.class);
    }
}
