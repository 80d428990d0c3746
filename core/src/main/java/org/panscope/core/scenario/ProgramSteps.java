package org.panscope.core.scenario;

import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.program.BuggyProgram;
import org.panscope.core.user.program.ComputeProgram;
import org.panscope.core.user.program.GalliumProgram;
import org.panscope.core.user.program.GpuProgram;
import org.panscope.core.user.program.PanvkProgram;
import org.panscope.core.user.program.ProgramFailure;
import org.panscope.core.user.program.ProgramRequest;

import java.util.Locale;

/// The step that runs a whole client program.
final class ProgramSteps {
    private static final long DEFAULT_FRAMES = 1;
    private static final int DEFAULT_IN_FLIGHT = 2;
    private static final long ALL_CORES = 0x5_0005;
    private static final long DEFAULT_TIMEOUT_NS = 5_000_000_000L;

    private final UserProcess process;
    private final String thread;

    ProgramSteps(UserProcess process, String thread) {
        this.process = process;
        this.thread = thread;
    }

    void run(Step step) throws StepFailure {
        try {
            program(step.args()).run();
        } catch (ProgramFailure e) {
            throw new StepFailure(step, String.valueOf(e.getMessage()));
        }
    }

    private GpuProgram program(Values args) {
        ProgramRequest request =
                new ProgramRequest(
                        args.text("submission", "user").equals("user"),
                        Math.toIntExact(args.number("frames", DEFAULT_FRAMES)),
                        args.number("period", 0),
                        args.integer("in_flight", DEFAULT_IN_FLIGHT),
                        QueueSteps.priority(args),
                        args.number("core_mask", ALL_CORES),
                        args.number("timeout", DEFAULT_TIMEOUT_NS));
        return switch (args.text("program")) {
            case "panvk" -> new PanvkProgram(process, thread, request);
            case "gallium" -> new GalliumProgram(process, thread, request);
            case "compute" -> new ComputeProgram(process, thread, request);
            default ->
                    new BuggyProgram(
                            process,
                            thread,
                            request,
                            BuggyProgram.Bug.valueOf(args.text("bug").toUpperCase(Locale.ROOT)));
        };
    }
}
