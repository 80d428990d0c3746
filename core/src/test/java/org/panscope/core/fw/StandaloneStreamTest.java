package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.isa.CsWords;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

class StandaloneStreamTest {
    private static final long CODE = 0x5010;
    private static final long CALLEE = 0x9000;

    private final StandaloneStream stream = new StandaloneStream();
    private final List<StandaloneStream.Executed> executed = new ArrayList<>();

    @Test
    void calledBufferRunsOneLevelDeeper() {
        load(CODE, CsWords.call(2, 4), CsWords.move32(7, 7));
        load(CALLEE, CsWords.move32(6, 6));
        stream.setRegister(2, (int) CALLEE);
        stream.setRegister(4, 8);
        StandaloneStream.End end = run(16);
        assertEquals("end", end.reason());
        assertEquals(6, end.registers()[6]);
        assertEquals(7, end.registers()[7]);
        assertEquals(
                List.of(1, 2, 1), executed.stream().map(StandaloneStream.Executed::depth).toList());
    }

    @Test
    void waitLetsJobsAndFlushesFinish() {
        load(CODE, CsWords.setSbEntry(3, 0), CsWords.runCompute(1), CsWords.waitSlots(8));
        assertEquals("end", run(24).reason());
    }

    @Test
    void syncWaitNobodySatisfiesIsSaid() {
        load(CODE, CsWords.move48(2, 0x7000), CsWords.syncWait64(2, 4, 1, false));
        load(0x7000, 0, 0);
        assertEquals("blocked: sync object at 0x7000 is not > 0", run(16).reason());
    }

    @Test
    void endlessLoopHitsTheLimit() {
        load(CODE, CsWords.branch(6, 0, -1));
        assertEquals("limit of 1000 instructions reached", run(8).reason());
    }

    @Test
    void unmappedMemoryAndUndefinedWordsAreNamed() {
        load(CODE, CsWords.loadMultiple(0, 1, 2, 16), 0xff00_0000_0000_0000L);
        assertEquals("read of unmapped address 0x10 at 0x5010", run(8).reason());
        StandaloneStream other = new StandaloneStream();
        other.load(CODE, new byte[] {0, 0, 0, 0, 0, 0, 0, -1});
        String reason = other.run(CODE, 8, true, 10, executed::add).reason();
        assertTrue(reason.startsWith("fatal exception 0x49"), reason);
    }

    @Test
    void overlappingMemoryIsRefused() {
        load(CODE, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> load(CODE + 8, 0));
    }

    private StandaloneStream.End run(int sizeBytes) {
        return stream.run(CODE, sizeBytes, false, 1000, executed::add);
    }

    private void load(long va, long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        stream.load(va, bytes.array());
    }
}
