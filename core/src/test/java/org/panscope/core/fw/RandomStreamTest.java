package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// Whatever a client puts into its ring: the emulator ends in a state that has a name, and a group
/// that is moved to another slot does not notice. A failure names the seed of its program;
/// `-Dpanscope.program=SEED` runs that one alone.
class RandomStreamTest {
    private static final long FIRST_SEED = 20_261_122L;
    private static final int PROGRAMS = 10_000;
    private static final @Nullable Long ONLY = Long.getLong("panscope.program");

    /// Ends that so many programs have to reach, or they are not worth running.
    private static final List<String> KINDS =
            List.of(
                    "idle",
                    "bound",
                    "blocked 1",
                    "blocked 2",
                    "blocked 3",
                    "blocked 4",
                    "blocked 5",
                    "fatal 48",
                    "fatal 49",
                    "fatal 4a");

    @Test
    void everyStreamEndsInAStateThatHasAName() {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        forEachSeed(seed -> {
            ProgramEnd end = new ProgramHost(StreamProgram.draw(seed, false)).run();
            for (ProgramEnd.OfStream stream : end.streams()) {
                String kind = stream.kind();
                assertTrue(kind != null, stream::toString);
                kinds.merge(kind, 1, Integer::sum);
            }
            assertFalse(end.overlooked(), "a stream did not hear of what it waited for");
            for (byte b : end.readOnly()) {
                assertEquals(0, b, "a read-only page was changed");
            }
        });
        if (ONLY == null) {
            for (String kind : KINDS) {
                assertTrue(kinds.getOrDefault(kind, 0) > PROGRAMS / 1000, kind + " of " + kinds);
            }
        }
    }

    @Test
    void suspendedAndResumedElsewhereEndsTheSame() {
        int[] compared = {0};
        forEachSeed(seed -> {
            StreamProgram program = StreamProgram.draw(seed, true);
            ProgramEnd straight = new ProgramHost(program).run();
            if (straight.wasCut() || straight.isUpToChance()) {
                return;
            }
            Random random = new Random(~seed);
            long afterNs = random.nextLong(straight.timeNs());
            ProgramEnd moved =
                    new ProgramHost(program).runSuspendedAfter(afterNs, random.nextInt(3));
            if (moved != null) {
                assertEquals(
                        "", ProgramEnd.difference(straight, moved), "suspended after " + afterNs);
                compared[0]++;
            }
        });
        if (ONLY == null) {
            assertTrue(compared[0] > PROGRAMS / 2, () -> "compared=" + compared[0]);
        }
    }

    private interface Check {
        void of(long seed);
    }

    private static void forEachSeed(Check check) {
        long first = ONLY == null ? FIRST_SEED : ONLY;
        for (long seed = first; seed < first + (ONLY == null ? PROGRAMS : 1); seed++) {
            try {
                check.of(seed);
            } catch (RuntimeException | AssertionError e) {
                fail("-Dpanscope.program=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
