package org.panscope.core.scenario;

import org.panscope.core.scenario.KernelSyncSteps.Handle;
import org.panscope.core.scenario.StepRunner.Export;
import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.SyncobjClient;
import org.panscope.core.user.SyncobjClient.Point;
import org.panscope.core.user.SyncobjClient.Waiting;

import java.util.ArrayList;
import java.util.List;

/// The steps about syncobjs.
final class SyncobjSteps {
    private final StepRunner runner;

    SyncobjSteps(StepRunner runner) {
        this.runner = runner;
    }

    void step(Step step) throws StepFailure {
        Values args = step.args();
        switch (step.kind()) {
            case SYNCOBJ_CREATE -> {
                DrmFile file = runner.file(args);
                define(step, file, new SyncobjClient(file).create(args.flag("signaled")));
            }
            case SYNCOBJ_IMPORT -> importFd(step);
            case SYNCOBJ_WAIT_MANY -> awaitMany(step);
            case SYNCOBJ_TRANSFER -> transfer(step);
            default -> onOne(step, syncobj(args));
        }
    }

    private void onOne(Step step, Handle syncobj) throws StepFailure {
        Values args = step.args();
        SyncobjClient client = new SyncobjClient(syncobj.file());
        Point point = new Point(syncobj.handle(), args.number("point", 0));
        switch (step.kind()) {
            case SYNCOBJ_DESTROY -> StepRunner.check(step, client.destroy(syncobj.handle()));
            case SYNCOBJ_RESET -> StepRunner.check(step, client.reset(syncobj.handle()));
            case SYNCOBJ_SIGNAL ->
                    StepRunner.check(
                            step,
                            args.has("point")
                                    ? client.signal(point)
                                    : client.signal(syncobj.handle()));
            case SYNCOBJ_WAIT -> StepRunner.check(step, await(args, client, point));
            case SYNCOBJ_QUERY -> query(step, client, syncobj);
            case SYNCOBJ_EVENTFD ->
                    StepRunner.check(
                            step,
                            client.eventfd(
                                    point,
                                    runner.descriptor(args.text("eventfd")).eventfd(),
                                    args.flag("available")));
            case SYNCOBJ_EXPORT -> export(step, syncobj, false);
            case SYNC_FILE_EXPORT -> export(step, syncobj, true);
            case SYNC_FILE_IMPORT -> importSyncFile(step, syncobj);
            default -> throw new IllegalStateException("step=" + step.kind());
        }
    }

    private static int await(Values args, SyncobjClient client, Point point) {
        long timeoutNs = StepRunner.timeout(args);
        boolean forSubmit = args.flag("for_submit");
        if (!args.has("point") && !args.flag("available")) {
            return client.await(point.handle(), timeoutNs, forSubmit);
        }
        return client.await(List.of(point), waiting(args, true)).errno();
    }

    private static Waiting waiting(Values args, boolean all) {
        return new Waiting(
                StepRunner.timeout(args), all, args.flag("for_submit"), args.flag("available"));
    }

    private void awaitMany(Step step) throws StepFailure {
        Values args = step.args();
        List<Point> points = new ArrayList<>();
        for (Values point : args.list("points")) {
            points.add(point(point));
        }
        if (points.isEmpty()) {
            throw new StepFailure(step, "waits for nothing");
        }
        DrmFile file = syncobj(args.list("points").getFirst()).file();
        IoctlResult<Integer> first =
                new SyncobjClient(file).await(points, waiting(args, args.flag("all")));
        if (StepRunner.check(step, first.errno()) && args.has("expect_first")) {
            StepRunner.checkText(
                    step,
                    Long.toString(args.number("expect_first")),
                    Integer.toString(first.value()));
        }
    }

    private static void query(Step step, SyncobjClient client, Handle syncobj) throws StepFailure {
        Values args = step.args();
        IoctlResult<Long> point = client.query(syncobj.handle(), args.flag("last_submitted"));
        if (StepRunner.check(step, point.errno()) && args.has("expect_point")) {
            StepRunner.checkText(
                    step,
                    Long.toString(args.number("expect_point")),
                    Long.toUnsignedString(point.value()));
        }
    }

    private void transfer(Step step) throws StepFailure {
        Values args = step.args();
        DrmFile file = syncobj(args.one("from")).file();
        StepRunner.check(
                step,
                new SyncobjClient(file)
                        .transfer(
                                point(args.one("from")),
                                point(args.one("to")),
                                args.flag("for_submit")));
    }

    // ---- between processes

    private void export(Step step, Handle syncobj, boolean syncFile) throws StepFailure {
        IoctlResult<Integer> fd =
                new SyncobjClient(syncobj.file()).exportFd(syncobj.handle(), syncFile);
        if (StepRunner.check(step, fd.errno())) {
            runner.export(step.args(), new Export(syncobj.file(), fd.value()));
        }
    }

    private void importFd(Step step) throws StepFailure {
        DrmFile file = runner.file(step.args());
        Export export = runner.exported(step.args());
        int fd = file.receive(export.file().send(export.fd()));
        IoctlResult<Integer> handle = new SyncobjClient(file).importFd(fd);
        file.closeFd(fd);
        define(step, file, handle);
    }

    private void importSyncFile(Step step, Handle syncobj) throws StepFailure {
        Export export = runner.exported(step.args());
        int fd = syncobj.file().receive(export.file().send(export.fd()));
        int errno = new SyncobjClient(syncobj.file()).importSyncFile(fd, syncobj.handle());
        syncobj.file().closeFd(fd);
        StepRunner.check(step, errno);
    }

    private void define(Step step, DrmFile file, IoctlResult<Integer> result) throws StepFailure {
        if (StepRunner.check(step, result.errno())) {
            runner.define(step.args(), new Handle(file, result.value()));
        }
    }

    private Point point(Values syncPoint) {
        return new Point(syncobj(syncPoint).handle(), syncPoint.number("point", 0));
    }

    private Handle syncobj(Values args) {
        return runner.object(args.text("syncobj"), Handle.class);
    }
}
