package org.panscope.core.user.program;

import org.panscope.core.user.UserProcess;

import java.util.List;

/// A compute client: one queue, one dispatch a frame.
public final class ComputeProgram implements GpuProgram {
    private static final long DONE = 0x7ffe_0000_5000L;
    private static final long COMMANDS = 0x7000_0000L;
    private static final long PAGE = 4096;

    private final UserProcess process;
    private final String thread;
    private final ProgramRequest request;

    /// @param thread lane of its notes
    public ComputeProgram(UserProcess process, String thread, ProgramRequest request) {
        this.process = process;
        this.thread = thread;
        this.request = request;
    }

    @Override
    public void run() throws ProgramFailure {
        ClientSession session = new ClientSession(process, thread);
        Stream stream = new StreamStore(session, COMMANDS, PAGE).record(0, dispatch());
        Submission submission =
                request.userSubmit()
                        ? new UserSubmission(session, request, 1, DONE)
                        : new KernelSubmission(session, request, 1);
        FrameLoop.run(session, request, submission, _ -> List.of(stream));
        session.close();
    }

    /// A dispatch without resources.
    private static long[] dispatch() {
        StreamBuilder stream = new StreamBuilder();
        stream.add("REQ_RESOURCE.compute", "SET_SB_ENTRY #3, #0");
        stream.move32(33, 0x1f);
        for (int register = 34; register <= 36; register++) {
            stream.move32(register, 0);
        }
        stream.move32(37, 16).move32(38, 16).move32(39, 1);
        return stream.add("RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1", "WAIT #8", "REQ_RESOURCE")
                .words();
    }
}
