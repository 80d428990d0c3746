package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class StreamListingTest {
    private static final long MAIN = 0x1000;
    private static final int ENOUGH = 10_000;

    private final CodeMemory memory = new CodeMemory();

    @Test
    void callsAreListedDeeperAndJumpsAreNot() {
        load(0x5000, "MOVE48 d4, #0x6000", "MOVE32 r6, #0x8", "JUMP d4, r6");
        load(0x6000, "FINISH_TILING");
        assertListing(
                """
                0 1000 MOVE48 d2, #0x5000
                0 1008 MOVE32 r4, #0x18
                0 1010 CALL d2, r4 // cs@5000
                1 5000 MOVE48 d4, #0x6000
                1 5008 MOVE32 r6, #0x8
                1 5010 JUMP d4, r6 // cs@6000
                1 6000 FINISH_TILING
                0 1018 NOP
                """,
                "MOVE48 d2, #0x5000",
                "MOVE32 r4, #0x18",
                "CALL d2, r4",
                "NOP");
    }

    @Test
    void calledCodeKnowsTheCallersRegisters() {
        load(0x5000, "CALL d6, r8");
        load(0x6000, "FINISH_TILING");
        assertComments(
                "[cs@5000, cs@6000]",
                "MOVE48 d2, #0x5000",
                "MOVE48 d6, #0x6000",
                "MOVE32 r8, #0x8",
                "CALL d2, r8");
    }

    @Test
    void afterACallOnlyWhatTheCalledCodeMayHaveWrittenIsForgotten() {
        load(0x5000, "MOVE32 r20, #0x1");
        load(0x6000, "CALL d6, r8");
        load(0x7000, "BRANCH.ne r9, #1", "MOVE32 r3, #0x1");
        load(0x8000, "LOAD_MULTIPLE r20, [d90]");
        String[] kept = {
            "MOVE48 d2, #0x5000", "MOVE32 r4, #0x8", "CALL d2, r4", "CALL d2, r4", "CALL d2, r4"
        };
        assertComments("[cs@5000, cs@5000, cs@5000]", kept);
        kept[0] = "MOVE48 d2, #0x6000";
        assertComments("[cs@6000, ??, ??, ??]", kept);
        kept[0] = "MOVE48 d2, #0x7000";
        kept[1] = "MOVE32 r4, #0x10";
        assertComments("[cs@7000, end_of_cs, ??, ??]", kept);
        kept[1] = "MOVE32 r4, #0x18";
        assertComments("[cs@7000, 16 of 24 bytes in memory, end_of_cs, ??, ??]", kept);
        assertComments(
                "[cs@8000, ??]",
                "MOVE48 d2, #0x8000",
                "MOVE32 r4, #0x8",
                "CALL d2, r4",
                "MOVE48 d20, #0x5000",
                "CALL d20, r4");
    }

    @Test
    void targetsThatAreNotKnownAreNotInvented() {
        load(0x5000, "NOP");
        assertComments("[??]", "CALL d2, r4");
        assertComments("[cs@5000, length ??]", "MOVE48 d2, #0x5000", "CALL d2, r4");
        assertComments(
                "[??]",
                "MOVE48 d2, #0x5000",
                "MOVE32 r4, #0x8",
                "LOAD_MULTIPLE r3, [d90]",
                "WAIT #1",
                "CALL d2, r4");
    }

    @Test
    void branchThatSkipsTheMoveMakesTheTargetUnknown() {
        load(0x5000, "NOP");
        assertComments(
                "[label_1018, ??]",
                "MOVE32 r4, #0x8",
                "BRANCH.ne r9, #1",
                "MOVE48 d2, #0x5000",
                "CALL d2, r4");
        assertComments(
                "[label_1020, cs@5000]",
                "MOVE32 r4, #0x8",
                "MOVE48 d2, #0x5000",
                "BRANCH.ne r9, #1",
                "MOVE48 d2, #0x5000",
                "CALL d2, r4");
    }

    @Test
    void loopThatChangesTheRegisterMakesTheTargetUnknown() {
        load(0x5000, "NOP");
        assertComments(
                "[??, label_1010]",
                "MOVE48 d2, #0x5000",
                "MOVE32 r4, #0x8",
                "CALL d2, r4",
                "BRANCH.ne r9, #-2");
        assertComments(
                "[label_1010, ??]",
                "MOVE48 d2, #0x5000",
                "MOVE32 r4, #0x8",
                "ADD_IMMEDIATE64 d2, d2, #8",
                "BRANCH.ne r9, #-2",
                "CALL d2, r4");
    }

    @Test
    void branchThatIsAlwaysTakenLeavesTheNextWordToOthers() {
        load(0x5000, "NOP");
        assertComments(
                "[label_1020, cs@5000]",
                "MOVE48 d2, #0x5000",
                "MOVE32 r4, #0x8",
                "BRANCH.always r0, #1",
                "MOVE48 d2, #0x7000",
                "CALL d2, r4");
    }

    @Test
    void codeBehindAJumpIsNotTakenForReached() {
        load(0x5000, "NOP");
        assertComments(
                "[cs@5000, ??]",
                "MOVE48 d2, #0x5000",
                "MOVE32 r4, #0x8",
                "JUMP d2, r4",
                "CALL d2, r4");
    }

    @Test
    void targetsOfBranchesAreNamed() {
        assertComments(
                "[end_of_cs, label_1000, label_ff8, before the buffer, end_of_cs]",
                "BRANCH.ne r9, #3",
                "BRANCH.ne r9, #-2",
                "BRANCH.ne r9, #-4",
                "BRANCH.ne r9, #100");
    }

    @Test
    void jobsAreTracepointsAndOthersAreNot() {
        assertComments(
                "[tracepoint_1000]", "RUN_FRAGMENT.tile_order=zorder", "FINISH_TILING", "NOP");
    }

    @Test
    void whatCannotBeListedIsSaid() {
        load(0x5000, "NOP", "NOP");
        assertComments("[cs@7000, not in memory]", call(0x7000, 8));
        assertComments("[cs@5000, empty]", call(0x5000, 0));
        assertComments("[cs@5000, length 12: not a multiple of 8]", call(0x5000, 12));
        assertComments("[cs@5004, length 8: not a multiple of 8]", call(0x5004, 8));
        assertComments("[cs@5008, 8 of 16 bytes in memory]", call(0x5008, 16));
    }

    @Test
    void recursionEnds() {
        load(0x5000, "CALL d2, r4", "JUMP d2, r4");
        assertComments("[cs@5000, cs@5000, which this is inside, ??]", call(0x5000, 16));
        load(0x6000, "MOVE48 d2, #0x7000", "JUMP d2, r4");
        load(0x7000, "MOVE48 d2, #0x6000", "JUMP d2, r4");
        assertComments("[cs@6000, cs@7000, cs@6000, which this is inside]", call(0x6000, 16));
    }

    @Test
    void callsAreFollowedEightDeep() {
        for (int i = 1; i <= 10; i++) {
            load(
                    0x10000L * i,
                    "MOVE48 d2, #0x" + Long.toHexString(0x10000L * (i + 1)),
                    "CALL d2, r4");
        }
        List<ListedWord> listed = list(call(0x10000, 16));
        assertEquals(8, listed.getLast().depth());
        assertEquals("cs@90000, nested too deeply", listed.getLast().comment());
    }

    @Test
    void longChainsOfJumpsAreFollowed() {
        int chunks = 500;
        for (int i = 0; i < chunks; i++) {
            load(
                    0x10000L + 0x100L * i,
                    "MOVE48 d2, #0x" + Long.toHexString(0x10000L + 0x100L * (i + 1)),
                    "JUMP d2, r4");
        }
        List<ListedWord> listed = list(call(0x10000, 16));
        assertEquals(3 + 2 * chunks, listed.size());
        assertEquals(1, listed.getLast().depth());
        assertTrue(listed.getLast().comment().endsWith("not in memory"));
    }

    @Test
    void listingStopsWhenNobodyWantsMore() {
        List<ListedWord> listed = new ArrayList<>();
        new StreamListing(Isa.v10(), memory, word -> listed.add(word) && listed.size() < 2)
                .list(MAIN, words("NOP", "NOP", "NOP").asLongBuffer());
        assertEquals(2, listed.size());
    }

    @Test
    void veryManyBlocksAreListedWithLessKnown() {
        load(0x5000, "NOP");
        String[] lines = new String[12_004];
        Arrays.fill(lines, "BRANCH.ne r9, #0");
        String[] call = call(0x5000, 8);
        System.arraycopy(call, 0, lines, 12_000, call.length);
        lines[12_003] = "NOP";
        List<String> comments =
                list(lines).stream()
                        .map(ListedWord::comment)
                        .filter(comment -> comment.startsWith("cs@"))
                        .toList();
        assertEquals(List.of("cs@5000"), comments);
    }

    @Test
    void memoryMayNotOverlapOrWrap() {
        memory.add(0x1000, new byte[16]);
        memory.add(0x1010, new byte[16]);
        memory.add(-8, new byte[8]);
        assertThrows(IllegalArgumentException.class, () -> memory.add(0xff8, new byte[9]));
        assertThrows(IllegalArgumentException.class, () -> memory.add(0x101f, new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> memory.add(-4, new byte[8]));
        assertEquals(1, memory.words(-8, 16).limit());
        assertEquals(0, memory.words(0xff8, 16).limit());
        assertEquals(1, memory.words(0x1004, 16).limit());
    }

    private static String[] call(long address, int sizeBytes) {
        return new String[] {
            "MOVE48 d2, #0x" + Long.toHexString(address),
            "MOVE32 r4, #0x" + Integer.toHexString(sizeBytes),
            "CALL d2, r4"
        };
    }

    private void load(long address, String... lines) {
        memory.add(address, words(lines).array());
    }

    private static ByteBuffer words(String... lines) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * lines.length).order(ByteOrder.LITTLE_ENDIAN);
        for (String line : lines) {
            bytes.putLong(Assembler.assemble(line));
        }
        return bytes.flip();
    }

    private List<ListedWord> list(String... lines) {
        List<ListedWord> listed = new ArrayList<>();
        new StreamListing(Isa.v10(), memory, word -> listed.add(word) && listed.size() < 3 * ENOUGH)
                .list(MAIN, words(lines).asLongBuffer());
        return listed;
    }

    private void assertComments(String expected, String... lines) {
        assertEquals(
                expected,
                list(lines).stream()
                        .map(ListedWord::comment)
                        .filter(comment -> !comment.isEmpty())
                        .toList()
                        .toString());
    }

    private void assertListing(String expected, String... lines) {
        StringBuilder actual = new StringBuilder();
        for (ListedWord word : list(lines)) {
            actual.append(word.depth())
                    .append(' ')
                    .append(Long.toHexString(word.address()))
                    .append(' ')
                    .append(Disassembler.text(word.word()))
                    .append(word.comment().isEmpty() ? "" : " // " + word.comment())
                    .append('\n');
        }
        assertEquals(expected, actual.toString());
    }
}
