package org.panscope.core.fw;

import java.nio.ByteBuffer;

/// A job as bytes in the suspend buffer.
final class JobContext {
    private JobContext() {}

    static void save(ByteBuffer out, AsyncOperation operation) {
        EndpointJob job = operation.job;
        out.putLong(operation.extra);
        if (job == null) {
            out.putInt(0);
            return;
        }
        out.putInt(job.kinds()).putLong(job.pc());
        out.putLong(job.workNs()).putLong(job.leastNs());
        out.putLong(job.tilerContext()).putLong(job.heapVa());
        out.putInt(operation.exception).putLong(operation.info);
    }

    static void restore(ByteBuffer in, AsyncOperation operation) {
        operation.extra = in.getLong();
        int kinds = in.getInt();
        if (kinds == 0) {
            return;
        }
        int opcode = (int) (operation.word >>> 56);
        operation.job =
                new EndpointJob(
                        kinds,
                        JobSize.mainKind(opcode, kinds),
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getLong());
        operation.exception = in.getInt();
        operation.info = in.getLong();
    }
}
