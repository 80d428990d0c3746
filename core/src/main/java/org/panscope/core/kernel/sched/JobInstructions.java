package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The instruction words with which the driver calls a job's command stream. What is in brackets is
/// there for profiled jobs only; NOPs fill up the last cache line.
///
/// ```
///  MOVE32 flush id        FLUSH_CACHE2
///  [MOVE48 cycles.before  STORE_STATE cycles]     [MOVE48 time.before  STORE_STATE timestamp]
///  MOVE48 stream address  MOVE32 stream size      WAIT flush           CALL
///  [MOVE48 cycles.after   STORE_STATE cycles]     [MOVE48 time.after   STORE_STATE timestamp]
///  MOVE48 sync object     MOVE48 1                WAIT all             SYNC_ADD64
///  ERROR_BARRIER
/// ```
///
/// In v6.11 a job always takes one slot of 16 words, and one credit; from v6.13 on it takes the
/// words it has, and as many credits.
///
/// kernel: panthor_sched.c: queue_run_job (v6.11), prepare_job_instrs, calc_job_credits (v6.13)
final class JobInstructions {
    private static final int SLOT_WORDS = 16;
    private static final int CACHE_LINE_WORDS = 8;
    private static final int UNPROFILED_WORDS = 11;
    private static final int WORDS_PER_PROFILE = 4;

    private static final int MOVE48 = 1;
    private static final int MOVE32 = 2;
    private static final int WAIT = 3;
    private static final int CALL = 32;
    private static final int FLUSH_CACHE2 = 36;
    private static final int STORE_STATE = 40;
    private static final int ERROR_BARRIER = 47;
    private static final int SYNC_ADD64 = 51;
    private static final long FLUSH_MODES = 0x233;
    private static final long STATE_TIMESTAMP = 0;
    private static final long STATE_CYCLES = 1;

    private JobInstructions() {}

    /// Words a job takes in the ring.
    static int words(int profilingMask) {
        int used = UNPROFILED_WORDS + Integer.bitCount(profilingMask) * WORDS_PER_PROFILE;
        return (used + CACHE_LINE_WORDS - 1) / CACHE_LINE_WORDS * CACHE_LINE_WORDS;
    }

    /// `calc_job_credits`.
    static int credits(DriverConfig driver, int profilingMask) {
        return driver.isMainline2026() ? words(profilingMask) : 1;
    }

    /// Credits a ring has room for.
    static int creditLimit(DriverConfig driver, long ringBytes) {
        long perCredit = driver.isMainline2026() ? Long.BYTES : (long) SLOT_WORDS * Long.BYTES;
        return (int) (ringBytes / perCredit);
    }

    /// `calc_profiling_ringbuf_num_slots`: as many as smallest profiled jobs fit into the ring.
    static int profilingSlots(long ringBytes) {
        long bytes =
                (long) Math.min(words(Profiling.CYCLES), words(Profiling.TIMESTAMP)) * Long.BYTES;
        return (int) ((ringBytes + bytes - 1) / bytes);
    }

    /// Words for one call.
    ///
    /// @param workRegisters registers of a command stream; the top four are the kernel's
    /// @param scoreboards scoreboard entries to wait for
    /// @param syncVa GPU address of the queue's sync object
    /// @param profilingMask bits of [Profiling]
    /// @param timesVa GPU address of the job's profiling slot
    static byte[] encode(
            PanthorJob.Call call,
            int workRegisters,
            int scoreboards,
            long syncVa,
            int profilingMask,
            long timesVa) {
        int address = workRegisters - 4;
        int value = workRegisters - 2;
        long allScoreboards = (1L << scoreboards) - 1;
        boolean cycles = (profilingMask & Profiling.CYCLES) != 0;
        boolean times = (profilingMask & Profiling.TIMESTAMP) != 0;
        List<Long> words = new ArrayList<>();
        words.add(op(MOVE32, value) | (call.latestFlush() & 0xffff_ffffL));
        words.add(op(FLUSH_CACHE2, 0) | (long) value << 40 | FLUSH_MODES);
        if (cycles) {
            storeState(words, address, timesVa, STATE_CYCLES);
        }
        if (times) {
            storeState(words, value, timesVa + 16, STATE_TIMESTAMP);
        }
        words.add(op(MOVE48, address) | call.start());
        words.add(op(MOVE32, value) | call.bytes());
        words.add(op(WAIT, 0) | 1L << 16);
        words.add(op(CALL, 0) | (long) address << 40 | (long) value << 32);
        if (cycles) {
            storeState(words, address, timesVa + 8, STATE_CYCLES);
        }
        if (times) {
            storeState(words, value, timesVa + 24, STATE_TIMESTAMP);
        }
        words.add(op(MOVE48, address) | syncVa);
        words.add(op(MOVE48, value) | 1);
        words.add(op(WAIT, 0) | allScoreboards << 16);
        words.add(op(SYNC_ADD64, 0) | (long) address << 40 | (long) value << 32 | 1);
        words.add(op(ERROR_BARRIER, 0));
        ByteBuffer padded = UserMemory.struct(words(profilingMask) * Long.BYTES);
        words.forEach(padded::putLong);
        byte[] bytes = new byte[padded.capacity()];
        padded.get(0, bytes);
        return bytes;
    }

    private static void storeState(List<Long> words, int register, long va, long state) {
        words.add(op(MOVE48, register) | va);
        words.add(op(STORE_STATE, 0) | (long) register << 40 | state << 32);
    }

    private static long op(int opcode, int register) {
        return (long) opcode << 56 | (long) register << 48;
    }
}
