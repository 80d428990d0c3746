package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/// Whatever a trace claims, there is a state for every position, and keyframes never change it.
class ReducerTotalityTest {

    @Test
    void anySequenceOfEventsHasAState() {
        for (long seed = 0; seed < 20; seed++) {
            StateScript trace = new RandomEvents(seed).script(2000);
            assertEquals(2000, trace.end().position(), "seed=" + seed);
        }
    }

    @Test
    void keyframesSurviveARoundTripByteForByte() throws IOException {
        for (long seed = 0; seed < 10; seed++) {
            ReducedState state = new RandomEvents(seed).script(1500).end();
            byte[] bytes = Keyframes.write(state);
            ReducedState back = Keyframes.read(bytes);
            assertEquals(state.objects(), back.objects(), "seed=" + seed);
            assertArrayEquals(bytes, Keyframes.write(back), "seed=" + seed);
        }
    }

    @Test
    void goingOnFromAKeyframeEqualsReplayFromTheStart() throws IOException {
        for (long seed = 0; seed < 10; seed++) {
            StateScript trace = new RandomEvents(seed).script(1200);
            Random random = new Random(seed);
            for (int i = 0; i < 4; i++) {
                int cut = random.nextInt(1200);
                StateBuilder builder =
                        new StateBuilder(Keyframes.read(Keyframes.write(trace.at(cut))));
                for (int seq = cut; seq < 1200; seq++) {
                    new Reducer().apply(builder, trace.event(seq));
                }
                assertArrayEquals(
                        Keyframes.write(trace.end()),
                        Keyframes.write(builder.snapshot()),
                        "seed=" + seed + " cut=" + cut);
            }
        }
    }

    @Test
    void damagedKeyframesAreRefusedNotBelieved() {
        byte[] good = Keyframes.write(new RandomEvents(5).script(500).end());
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            try {
                Keyframes.read(Arrays.copyOf(bad, random.nextInt(bad.length + 1)));
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "refused=" + refused);
    }
}
