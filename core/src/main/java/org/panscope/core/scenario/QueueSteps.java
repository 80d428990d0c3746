package org.panscope.core.scenario;

import org.panscope.core.fw.CommandStream;
import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.scenario.StepRunner.Vm;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.KernelSubmitQueue;
import org.panscope.core.user.Notify;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserSubmitQueue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The steps about groups and their queues.
final class QueueSteps {
    private static final long JOB_POLL_NS = 1_000;
    private static final long STATE_POLL_NS = 100_000;
    private static final long JOB_TIMEOUT_NS = 1_000_000_000;
    private static final List<String> PRIORITIES = List.of("low", "medium", "high", "realtime");

    private final StepRunner runner;

    QueueSteps(StepRunner runner) {
        this.runner = runner;
    }

    /// A group, the file it belongs to, and its queues as their owner drives them.
    record Group(DrmFile file, UserGroup group, List<UserSubmitQueue> queues) {}

    void step(Step step) throws StepFailure {
        Values args = step.args();
        switch (step.kind()) {
            case GROUP_CREATE -> create(step);
            case GROUP_DESTROY -> {
                Group group = group(args);
                StepRunner.check(
                        step, new GroupClient(group.file()).destroy(group.group().handle()));
            }
            case GROUP_GET_STATE -> getState(step);
            case MAP_QUEUE -> map(step);
            case MUNMAP_QUEUE -> queue(step).unmap();
            case RING_WRITE -> queue(step).write(runner.code(step));
            case INSERT_STORE -> {
                if (args.has("value")) {
                    queue(step).storeInsert(args.number("value"));
                } else {
                    queue(step).storeInsert();
                }
            }
            case LOAD_ACTIVE -> queue(step).loadActive();
            case LOAD_EXTRACT -> queue(step).loadExtract();
            case DOORBELL -> ring(step);
            case KICK -> kick(step);
            case SUBMIT -> {
                byte[] bytes = runner.code(step);
                if (bytes.length > queue(step).ringBytes()) {
                    throw new StepFailure(step, "longer than the ring");
                }
                Notify notify = Notify.valueOf(args.text("notify").toUpperCase(Locale.ROOT));
                StepRunner.check(step, queue(step).submit(bytes, notify));
            }
            case GROUP_SUBMIT -> groupSubmit(step);
            case INJECT_FAULT -> injectFault(step);
            case SYNC_UPDATE ->
                    StepRunner.check(step, new GroupClient(runner.file(args)).syncUpdate());
            default -> throw new IllegalStateException("step=" + step.kind());
        }
    }

    private void create(Step step) throws StepFailure {
        Values args = step.args();
        Vm vm = runner.vm(args);
        String eventfd = args.textOrNull("eventfd");
        String groupState = args.textOrNull("state_eventfd");
        List<GroupRequest.Queue> queues = new ArrayList<>();
        for (Values queue : args.list("queues")) {
            queues.add(
                    new GroupRequest.Queue(
                            queue.integer("priority", 1), queue.integer("ring_size", 0)));
        }
        GroupRequest request =
                new GroupRequest(
                        vm.handle(),
                        priority(args),
                        args.flag("user_submit"),
                        args.number("core_mask", 1),
                        args.number("tiler_mask", 1),
                        eventfd == null ? null : runner.descriptor(eventfd).eventfd(),
                        groupState == null ? null : runner.descriptor(groupState).eventfd(),
                        queues);
        IoctlResult<UserGroup> result = new GroupClient(vm.file()).create(request);
        if (StepRunner.check(step, result.errno())) {
            List<UserSubmitQueue> mine = new ArrayList<>();
            for (int i = 0; i < queues.size(); i++) {
                mine.add(new UserSubmitQueue(vm.file(), result.value(), i));
            }
            runner.define(args, new Group(vm.file(), result.value(), mine));
        }
    }

    /// The uAPI's number of a priority.
    static int priority(Values args) {
        return PRIORITIES.indexOf(args.text("priority", "medium"));
    }

    private void map(Step step) throws StepFailure {
        Values args = step.args();
        boolean all = !args.has("ring") && !args.has("io") && !args.has("doorbell");
        UserSubmitQueue queue = queue(step);
        if (all || args.flag("ring")) {
            StepRunner.check(step, queue.mapRing());
        }
        if (all || args.flag("io")) {
            StepRunner.check(step, queue.mapIo());
        }
        if (all || args.flag("doorbell")) {
            StepRunner.check(step, queue.mapDoorbell());
        }
    }

    private void ring(Step step) throws StepFailure {
        boolean expected = step.args().flag("expect_sigbus");
        try {
            queue(step).ring();
        } catch (Mapping.BusError e) {
            if (!expected) {
                throw e;
            }
            return;
        }
        if (expected) {
            throw new StepFailure(step, "raised no SIGBUS");
        }
    }

    private void getState(Step step) throws StepFailure {
        Values args = step.args();
        Group group = group(args);
        int wanted = 0;
        for (String flag : args.texts("flags")) {
            wanted |= 1 << GroupExpectation.FLAGS.indexOf(flag);
        }
        long deadlineNs = deadline(args);
        while (true) {
            IoctlResult<GroupClient.State> result =
                    new GroupClient(group.file()).getState(group.group().handle());
            boolean answered = StepRunner.check(step, result.errno());
            if (!answered || (result.value().state() & wanted) == wanted) {
                return;
            }
            if (runner.machine().simulation().nowNs() >= deadlineNs) {
                throw new StepFailure(step, "the time was over");
            }
            group.file().process().pause(STATE_POLL_NS);
        }
    }

    private long deadline(Values args) {
        long nowNs = runner.machine().simulation().nowNs();
        long timeoutNs = StepRunner.timeout(args);
        return timeoutNs > Long.MAX_VALUE - nowNs ? Long.MAX_VALUE : nowNs + timeoutNs;
    }

    private void kick(Step step) throws StepFailure {
        Values args = step.args();
        int mask = args.integer("queue_mask", 1);
        if (args.has("group")) {
            Group group = group(args);
            StepRunner.check(
                    step, new GroupClient(group.file()).kick(group.group().handle(), mask));
        } else {
            int handle = args.integer("handle", 0);
            StepRunner.check(step, new GroupClient(runner.file(args)).kick(handle, mask));
        }
    }

    private void groupSubmit(Step step) throws StepFailure {
        Values args = step.args();
        Group group = group(args);
        List<SyncWish> syncs = syncPoints(runner, args);
        KernelSubmitQueue queue =
                new KernelSubmitQueue(group.file(), group.group(), args.integer("queue", 0));
        StepRunner.check(
                step,
                queue.submit(args.number("stream_va", 0), args.integer("stream_size", 0), syncs));
    }

    private void injectFault(Step step) throws StepFailure {
        Values args = step.args();
        UserGroup group = group(args).group();
        Simulation sim = runner.machine().simulation();
        long untilNs = sim.nowNs() + args.number("timeout", JOB_TIMEOUT_NS);
        CommandStream stream = runner.machine().stream(group, args.integer("queue", 0));
        while (stream == null || !stream.isJobRunning()) {
            if (sim.nowNs() >= untilNs) {
                throw new StepFailure(step, "the queue ran no job");
            }
            sim.rest(JOB_POLL_NS);
            stream = runner.machine().stream(group, args.integer("queue", 0));
        }
        stream.injectFault(
                args.integer("exception", 0), args.integer("data", 0), args.number("info", 0));
    }

    /// What a step waits for and signals.
    static List<SyncWish> syncPoints(StepRunner runner, Values args) {
        List<SyncWish> syncs = new ArrayList<>();
        for (Values wait : args.list("wait")) {
            syncs.add(syncPoint(runner, wait, false));
        }
        for (Values signal : args.list("signal")) {
            syncs.add(syncPoint(runner, signal, true));
        }
        return syncs;
    }

    static SyncWish syncPoint(StepRunner runner, Values point, boolean signal) {
        int handle = runner.object(point.text("syncobj"), KernelSyncSteps.Handle.class).handle();
        return new SyncWish(handle, signal, point.number("point", 0));
    }

    private Group group(Values args) {
        return runner.object(args.text("group"), Group.class);
    }

    private UserSubmitQueue queue(Step step) throws StepFailure {
        Group group = group(step.args());
        int index = step.args().integer("queue", 0);
        if (index >= group.queues().size()) {
            throw new StepFailure(step, "the group has " + group.queues().size() + " queues");
        }
        return group.queues().get(index);
    }
}
