package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Assembler and disassembler are inverses: plain text on every word that the table says it can
/// tell, annotated text on every word there is.
class RoundTripTest {
    private static final int RANDOM_WORDS = 1_000_000;

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void boundaryValuesOfEveryFieldComeBack(int architecture) {
        RoundTrip trip = new RoundTrip(Isa.of(architecture));
        for (InstructionForm form : Isa.of(architecture).forms()) {
            for (OperandField field : form.fields()) {
                for (long value : boundaries(field)) {
                    long alone = field.replace(form.emptyWord(), value);
                    trip.check(alone);
                    trip.check(
                            field.replace(
                                    (form.definedBits() & ~opcodeBits()) | opcode(form), value));
                    assertEquals(value, field.get(alone));
                }
            }
            for (int bit = 0; bit < 56; bit++) {
                trip.check(form.emptyWord() ^ (1L << bit));
            }
        }
        for (int opcode = 0; opcode < 256; opcode++) {
            trip.check((long) opcode << 56);
            trip.check(((long) opcode << 56) | ~opcodeBits());
        }
        assertTrue(trip.lossless > 500, "lossless=" + trip.lossless);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void aMillionRandomWordsComeBack(int architecture) {
        Isa isa = Isa.of(architecture);
        RoundTrip trip = new RoundTrip(isa);
        SplittableRandom random = new SplittableRandom(architecture);
        List<InstructionForm> forms = isa.forms();
        for (int i = 0; i < RANDOM_WORDS; i++) {
            long word = random.nextLong();
            if (i % 4 != 0) {
                InstructionForm form = forms.get(random.nextInt(forms.size()));
                // Half of the time without reserved bits, else few words are lossless.
                long kept = i % 2 == 0 ? -1L : form.definedBits();
                word = (word & kept & ~opcodeBits()) | opcode(form);
            }
            trip.check(word);
        }
        assertTrue(trip.lossless > RANDOM_WORDS / 10, "lossless=" + trip.lossless);
    }

    private static Set<Long> boundaries(OperandField field) {
        Set<Long> values = new TreeSet<>();
        long low = field.type() == OperandField.Type.SIGNED ? -1L << (field.width() - 1) : 0;
        long high = low + (-1L >>> (64 - field.width()));
        for (long step = 0; step < Math.min(20, high - low + 1); step++) {
            values.add(low + step);
            values.add(high - step);
        }
        for (long value = 0; value <= Math.min(2, high); value++) {
            values.add(value);
        }
        for (int bit = 0; bit < field.width(); bit++) {
            values.add(field.get(field.put(1L << bit)));
        }
        return values;
    }

    private static long opcode(InstructionForm form) {
        return (long) form.opcode() << 56;
    }

    private static long opcodeBits() {
        return 0xffL << 56;
    }

    /// Sends words through text and back.
    private static final class RoundTrip {
        private final Isa isa;
        private final Disassembler disassembler;
        private final Assembler assembler;
        private int lossless;

        RoundTrip(Isa isa) {
            this.isa = isa;
            this.disassembler = new Disassembler(isa);
            this.assembler = new Assembler(isa);
        }

        void check(long word) {
            String annotated = disassembler.annotatedTextOf(word);
            assertEquals(word, assembler.word(annotated), annotated);
            String text = disassembler.textOf(word);
            boolean isLossless = annotated.length() == text.length();
            assertEquals(isa.isTextLossless(word), isLossless, annotated);
            if (isLossless) {
                lossless++;
                assertEquals(text, annotated);
            } else {
                assertTrue(annotated.startsWith(Disassembler.NOTE, text.length()), annotated);
                assertNotEquals(word, assembler.word(text), text);
            }
        }
    }
}
