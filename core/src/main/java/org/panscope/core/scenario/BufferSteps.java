package org.panscope.core.scenario;

import org.panscope.core.scenario.StepRunner.Buffer;
import org.panscope.core.scenario.StepRunner.Export;
import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.user.DeviceClient;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.UserBuffer;

/// The steps about sharing, naming and closing buffer objects, and about the device's properties.
final class BufferSteps {
    private final StepRunner runner;

    BufferSteps(StepRunner runner) {
        this.runner = runner;
    }

    void step(Step step) throws StepFailure {
        Values args = step.args();
        switch (step.kind()) {
            case BO_IMPORT -> importFd(step);
            case EXPORT_CLOSE -> {
                Export export = runner.exported(args);
                StepRunner.check(step, export.file().closeFd(export.fd()));
            }
            case DEV_QUERY ->
                    StepRunner.check(
                            step,
                            new DeviceClient(runner.file(args))
                                    .query(DevQueryTypes.LABELS.indexOf(args.text("type")))
                                    .errno());
            default -> onBuffer(step, runner.buffer(args, "bo"));
        }
    }

    private void onBuffer(Step step, Buffer buffer) throws StepFailure {
        Values args = step.args();
        MemoryClient memory = new MemoryClient(buffer.file());
        switch (step.kind()) {
            case BO_CLOSE -> StepRunner.check(step, memory.close(buffer.buffer()));
            case BO_EXPORT -> {
                IoctlResult<Integer> fd = memory.exportFd(buffer.buffer());
                if (StepRunner.check(step, fd.errno())) {
                    runner.export(args, new Export(buffer.file(), fd.value()));
                }
            }
            case BO_SET_LABEL ->
                    StepRunner.check(step, memory.setLabel(buffer.buffer(), args.text("label")));
            case BO_SYNC -> {
                long offset = args.number("offset", 0);
                StepRunner.check(
                        step,
                        memory.sync(
                                buffer.buffer(),
                                offset,
                                args.number("size", buffer.buffer().sizeBytes() - offset),
                                args.flag("invalidate")));
            }
            default -> throw new IllegalStateException("step=" + step.kind());
        }
    }

    private void importFd(Step step) throws StepFailure {
        DrmFile file = runner.file(step.args());
        Export export = runner.exported(step.args());
        int fd = file.receive(export.file().send(export.fd()));
        IoctlResult<UserBuffer> buffer = new MemoryClient(file).importFd(fd);
        file.closeFd(fd);
        if (StepRunner.check(step, buffer.errno())) {
            runner.define(step.args(), new Buffer(file, buffer.value()));
        }
    }
}
