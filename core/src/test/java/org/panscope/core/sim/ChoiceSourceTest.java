package org.panscope.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.sim.ReplayedChoices.Decision;
import org.panscope.trace.event.MarkEvent.Choice;

import java.util.ArrayList;
import java.util.List;

class ChoiceSourceTest {
    @Test
    void sameSeedDrawsTheSameAndAnotherSeedDoesNot() {
        assertEquals(draws(new SeededChoices(42)), draws(new SeededChoices(42)));
        assertNotEquals(draws(new SeededChoices(42)), draws(new SeededChoices(43)));
    }

    /// First draws of SplitMix64 with seed 42, modulo 10: a seed means the same in every version.
    @Test
    void seedMeansTheSameForEver() {
        SeededChoices choices = new SeededChoices(42);
        assertEquals(
                List.of(3L, 1L, 8L, 4L),
                List.of(
                        choices.choose("a", 10),
                        choices.choose("b", 10),
                        choices.choose("c", 10),
                        choices.choose("d", 10)));
    }

    @Test
    void singleOptionIsNoDecision() {
        SeededChoices choices = new SeededChoices(7);
        assertEquals(0, choices.choose("only", 1));
        assertEquals(0, choices.drawn());
        assertThrows(IllegalArgumentException.class, () -> choices.choose("none", 0));
    }

    @Test
    void replayAnswersAsRecordedAndNamesTheFirstDifference() {
        List<Decision> recorded = List.of(new Decision("irq", 3, 2), new Decision("worker", 2, 1));
        ReplayedChoices replay = ReplayedChoices.replay(recorded);
        assertEquals(2, replay.choose("irq", 3));

        IllegalStateException diverged =
                assertThrows(IllegalStateException.class, () -> replay.choose("worker", 4));

        String message = String.valueOf(diverged.getMessage());
        assertTrue(message.contains("decision=1"), message);
        assertTrue(message.contains("worker"), message);
        assertThrows(
                IllegalStateException.class,
                () -> ReplayedChoices.replay(List.of()).choose("irq", 2));
    }

    @Test
    void scriptAnswersWhatItNamesAndLeavesTheRest() {
        ReplayedChoices script =
                ReplayedChoices.script(List.of(new Decision("irq", 0, 1)), new SeededChoices(1));

        script.choose("something else", 5);
        assertEquals(1, script.choose("irq", 3));
        script.choose("irq", 3);

        assertEquals(3, script.drawn());
    }

    @Test
    void scriptedOptionThatDoesNotExistIsRefused() {
        ReplayedChoices script =
                ReplayedChoices.script(List.of(new Decision("irq", 0, 9)), new SeededChoices(1));
        assertThrows(IllegalStateException.class, () -> script.choose("irq", 3));
    }

    /// What a run records is enough to run it again.
    @Test
    void recordedChoicesReplayTheRun() {
        Listening first = new Listening();
        List<Long> original = run(new SeededChoices(5), first);
        List<Decision> decisions = new ArrayList<>();
        first.events.forEach(event -> {
            if (event instanceof Choice choice) {
                decisions.add(new Decision(choice.name(), choice.options(), choice.taken()));
            }
        });

        assertEquals(original, run(ReplayedChoices.replay(decisions), new Listening()));
        assertEquals(20, decisions.size());
    }

    private static List<Long> run(ChoiceSource choices, Recorder recorder) {
        Simulation sim = new Simulation(choices, recorder);
        List<Long> times = new ArrayList<>();
        sim.spawn(
                new Actor("a", 1, "user"),
                0,
                () -> {
                    for (int i = 0; i < 20; i++) {
                        sim.sleep(sim.duration("step", 1, 1000));
                        times.add(sim.nowNs());
                    }
                });
        sim.run(Long.MAX_VALUE);
        sim.close();
        return times;
    }

    private static List<Long> draws(ChoiceSource choices) {
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            drawn.add(choices.choose("c", 1000));
        }
        return drawn;
    }
}
