package org.panscope.core.kernel.sched;

import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;

/// The instruction words with which the driver calls a job's command stream.
///
/// ```
///  MOVE32 flush id        FLUSH_CACHE2       MOVE48 stream address   MOVE32 stream size
///  WAIT flush             CALL               MOVE48 sync object      MOVE48 1
///  WAIT all               SYNC_ADD64         ERROR_BARRIER           five times NOP
/// ```
///
/// kernel: panthor_sched.c, queue_run_job (v6.11): always 16 words
final class JobInstructions {
    static final int WORDS = 16;
    static final int BYTES = WORDS * Long.BYTES;

    private static final int MOVE48 = 1;
    private static final int MOVE32 = 2;
    private static final int WAIT = 3;
    private static final int CALL = 32;
    private static final int FLUSH_CACHE2 = 36;
    private static final int ERROR_BARRIER = 47;
    private static final int SYNC_ADD64 = 51;
    private static final long FLUSH_MODES = 0x233;

    private JobInstructions() {}

    /// Words for one call.
    ///
    /// @param workRegisters registers of a command stream; the top four are the kernel's
    /// @param scoreboards scoreboard entries to wait for
    /// @param syncVa GPU address of the queue's sync object
    static byte[] encode(PanthorJob.Call call, int workRegisters, int scoreboards, long syncVa) {
        int address = workRegisters - 4;
        int value = workRegisters - 2;
        long allScoreboards = (1L << scoreboards) - 1;
        ByteBuffer words = UserMemory.struct(BYTES);
        words.putLong(op(MOVE32, value) | (call.latestFlush() & 0xffff_ffffL));
        words.putLong(op(FLUSH_CACHE2, 0) | (long) value << 40 | FLUSH_MODES);
        words.putLong(op(MOVE48, address) | call.start());
        words.putLong(op(MOVE32, value) | call.bytes());
        words.putLong(op(WAIT, 0) | 1L << 16);
        words.putLong(op(CALL, 0) | (long) address << 40 | (long) value << 32);
        words.putLong(op(MOVE48, address) | syncVa);
        words.putLong(op(MOVE48, value) | 1);
        words.putLong(op(WAIT, 0) | allScoreboards << 16);
        words.putLong(op(SYNC_ADD64, 0) | (long) address << 40 | (long) value << 32 | 1);
        words.putLong(op(ERROR_BARRIER, 0));
        byte[] bytes = new byte[BYTES];
        words.get(0, bytes);
        return bytes;
    }

    private static long op(int opcode, int register) {
        return (long) opcode << 56 | (long) register << 48;
    }
}
