package org.panscope.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

class StreamWarningsTest {
    private static final long CODE = 0x5000;
    private static final String LOAD = "LOAD_MULTIPLE r4:r5, [d2]";
    private static final String STORE = "STORE_MULTIPLE [d2], r4:r5";
    private static final String DATA = "MOVE48 d2, #0x9000";

    private static List<String> warnings(int architecture, String... lines) {
        Assembler assembler = new Assembler(Isa.of(architecture));
        ByteBuffer code = ByteBuffer.allocate(8 * lines.length).order(ByteOrder.LITTLE_ENDIAN);
        for (String line : lines) {
            code.putLong(assembler.word(line));
        }
        StreamRun run = new StreamRun(architecture, Map.of());
        run.load(CODE, code.array());
        run.setEntry(CODE, code.capacity(), false);
        StreamRun.End end = run.run(10_000, _ -> {});
        assertTrue(end.completed(), end.reason());
        return end.warnings();
    }

    private static List<String> warnings(String... lines) {
        return warnings(10, lines);
    }

    @Test
    void readingWhatIsBeingLoadedIsTold() {
        assertEquals(
                List.of(
                        "0x5010 ADD_IMMEDIATE32 r8, r5, #1 reads r5 while it is loaded by 0x5008 "
                                + LOAD
                                + ": WAIT for slot 0 is missing"),
                warnings(DATA, LOAD, "ADD_IMMEDIATE32 r8, r5, #1", "WAIT #1"));
    }

    @Test
    void writingWhatIsBeingLoadedOrStoredIsTold() {
        assertEquals(1, warnings(DATA, LOAD, "MOVE32 r4, #0x1", "WAIT #1").size());
        assertEquals(
                List.of(
                        "0x5010 MOVE32 r4, #0x1 writes r4 while it is stored by 0x5008 "
                                + STORE
                                + ": WAIT for slot 0 is missing"),
                warnings(DATA, STORE, "MOVE32 r4, #0x1", "WAIT #1"));
    }

    @Test
    void whatIsAllowedIsNotTold() {
        assertEquals(List.of(), warnings(DATA, STORE, "ADD_IMMEDIATE32 r8, r4, #1", "WAIT #1"));
        assertEquals(List.of(), warnings(DATA, LOAD, "MOVE32 r6, #0x1", "WAIT #1"));
        assertEquals(List.of(), warnings(DATA, LOAD, "WAIT #1", "MOVE32 r4, #0x1"));
        assertEquals(
                List.of(),
                warnings(DATA, LOAD, "MOVE48 d2, #0x1", "WAIT #1"),
                "the address is read at issue");
        assertEquals(List.of(), warnings(DATA, "LOAD_MULTIPLE r2:r3, [d2]", "WAIT #1"));
    }

    @Test
    void theSlotOfTheTransferCounts() {
        String choose = "SET_SB_ENTRY #3, #2";
        String read = "ADD_IMMEDIATE32 r8, r4, #0";
        assertEquals(1, warnings(DATA, choose, LOAD, "WAIT #1", read, "WAIT #4").size());
        assertEquals(List.of(), warnings(DATA, choose, LOAD, "WAIT #4", read));
    }

    @Test
    void selectionsOfLaterArchitecturesAreFollowed() {
        String[] stream = {
            DATA,
            "MOVE32 r9, #0x5",
            "SET_STATE.sb_sel_other r9",
            "SET_STATE_IMM32.sb_mask_wait #32",
            LOAD,
            "WAIT #0 // with waitMode=1",
            "ADD_IMMEDIATE32 r8, r4, #0",
            "WAIT #ffff"
        };
        assertEquals(List.of(), warnings(12, stream));
        stream[3] = "SET_STATE_IMM32.sb_mask_wait #1";
        assertEquals(1, warnings(12, stream).size());
    }

    @Test
    void aLoopTellsEachPairOnce() {
        assertEquals(
                1,
                warnings(
                                DATA,
                                "MOVE32 r1, #0x64",
                                STORE,
                                "ADD_IMMEDIATE32 r4, r4, #1",
                                "WAIT #1",
                                "ADD_IMMEDIATE32 r1, r1, #-1",
                                "BRANCH.gt r1, #-5")
                        .size());
    }

    @Test
    void reservedBitsAreTold() {
        assertEquals(
                List.of("0x5000 FINISH_TILING has reserved bits set: 0x100"),
                warnings("FINISH_TILING // with reserved=0x100"));
    }

    @Test
    void theyAreNotMoreThanAPersonReads() {
        String[] stream = new String[402];
        stream[0] = DATA;
        for (int i = 1; i < 401; i += 2) {
            stream[i] = LOAD;
            stream[i + 1] = "MOVE32 r4, #0x1";
        }
        stream[401] = "WAIT #1";
        List<String> told = warnings(stream);
        assertEquals(101, told.size());
        assertEquals("there are more warnings than these 100", told.getLast());
    }
}
