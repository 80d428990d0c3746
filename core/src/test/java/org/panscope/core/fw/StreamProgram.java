package org.panscope.core.fw;

import org.panscope.core.isa.CsWords;
import org.panscope.core.isa.Isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// What a random run executes: the words of each ring, the buffers they call, and what memory holds
/// before.
///
/// @param seed draws exactly this program
/// @param architecture whose instructions it has
/// @param rings words of each queue's ring
/// @param code words of the callable buffers
/// @param data first words of the data page
record StreamProgram(
        long seed, int architecture, List<long[]> rings, List<long[]> code, long[] data) {
    static final int BUFFERS = 4;
    private static final int LONGEST_BUFFER = 14;
    private static final int LONGEST_RING = 40;

    /// Draws a program.
    ///
    /// @param comparable whether it must leave the same behind however time passes, see [RaceFree]
    static StreamProgram draw(long seed, boolean comparable) {
        Random random = new Random(seed);
        // Most of the world is v10.
        int architecture = 10 + Math.max(0, random.nextInt(7) - 3);
        Isa isa = Isa.of(architecture);
        int queues = random.nextInt(3) > 0 ? 1 : 2;
        RaceFree raceFree = comparable ? new RaceFree(isa, queues) : null;
        RandomStreams words = new RandomStreams(isa, random, raceFree);
        List<long[]> code = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            code.add(words.words(1 + random.nextInt(LONGEST_BUFFER)));
        }
        List<long[]> rings = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            long[] body = words.words(4 + random.nextInt(LONGEST_RING));
            rings.add(
                    LongStream.concat(
                                    prologue(random, code, comparable ? queue : 0),
                                    LongStream.of(body))
                            .toArray());
        }
        long[] data = random.longs(32, 0, 1L << 20).toArray();
        return new StreamProgram(seed, architecture, rings, code, data);
    }

    /// Loads the registers that instructions take for granted.
    ///
    /// @param area where the queue's data and sync objects lie; those of area 0 and 1 are apart
    private static LongStream prologue(Random random, List<long[]> code, int area) {
        long data = ProgramHost.DATA + 0x100 + area * 0x300L;
        long sync = ProgramHost.SYNC + area * 0x400L;
        long deferred = ProgramHost.DEFERRED + area * 0x100L;
        LongStream.Builder words = LongStream.builder();
        words.add(CsWords.reqResource(random.nextInt(8) == 0 ? random.nextInt(16) : 15));
        words.add(CsWords.move48(RandomStreams.DATA_PAIR, data));
        words.add(CsWords.move48(RandomStreams.SECOND_DATA_PAIR, data + 0x700));
        words.add(CsWords.move48(RandomStreams.READ_ONLY_PAIR, ProgramHost.READ_ONLY + 0x100));
        words.add(CsWords.move48(RandomStreams.UNMAPPED_PAIR, 0x7000_0000L));
        words.add(CsWords.move48(RandomStreams.ODD_PAIR, data + 2));
        for (int i = 0; i < RandomStreams.SYNC_PAIRS; i++) {
            long object = sync + 64L * random.nextInt(4);
            words.add(CsWords.move48(RandomStreams.SYNC_PAIR + 2 * i, object));
        }
        words.add(CsWords.move48(RaceFree.DEFERRED_PAIR_32, deferred));
        words.add(CsWords.move48(RaceFree.DEFERRED_PAIR_64, deferred + 64));
        for (int i = 0; i < BUFFERS; i++) {
            words.add(CsWords.move48(RandomStreams.CODE_PAIR + 2 * i, ProgramHost.codeVa(i)));
            words.add(CsWords.move32(RandomStreams.LENGTH + i, 8 * code.get(i).length));
        }
        words.add(CsWords.move48(RandomStreams.HEAP_PAIR, ProgramHost.DATA + 0xf00));
        return words.build();
    }
}
