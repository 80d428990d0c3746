package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/// A job as bytes in the suspend buffer.
final class JobContext {
    private JobContext() {}

    static void save(ByteBuffer out, @Nullable EndpointJob job) {
        if (job == null) {
            out.putInt(0);
            return;
        }
        out.putInt(job.kinds()).putLong(job.pc());
        out.putLong(job.workNs()).putLong(job.leastNs());
        out.putInt(job.exception()).putLong(job.info());
    }

    /// The job saved there, or null.
    ///
    /// @param word its instruction
    static @Nullable EndpointJob restore(ByteBuffer in, long word) {
        int kinds = in.getInt();
        if (kinds == 0) {
            return null;
        }
        int opcode = (int) (word >>> 56);
        return new EndpointJob(
                kinds,
                JobSize.mainKind(opcode, kinds),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getLong());
    }
}
