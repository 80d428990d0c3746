package org.panscope.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panscope.core.sim.Simulation.Outcome;
import org.panscope.trace.event.MarkEvent.Mark;

import java.util.ArrayList;
import java.util.List;

class SimulationTest {
    private final Listening told = new Listening();
    private final Simulation sim = new Simulation(new SeededChoices(1), told);
    private final Actor hardware = new Actor("hw", -1, "gpu");
    private final int track = sim.track(-1, "test", "test");
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void endThreads() {
        sim.close();
    }

    @Test
    void thingsHappenByTimeThenPriorityThenInsertion() {
        sim.schedule(hardware, 20, Simulation.NORMAL, () -> log.add("late"));
        sim.schedule(hardware, 10, Simulation.NORMAL, () -> log.add("first normal"));
        sim.schedule(hardware, 10, Simulation.NORMAL, () -> log.add("second normal"));
        sim.schedule(hardware, 10, Simulation.HARDWARE, () -> log.add("hardware"));

        assertEquals(Outcome.IDLE, sim.run(Long.MAX_VALUE));

        assertEquals(List.of("hardware", "first normal", "second normal", "late"), log);
        assertEquals(20, sim.nowNs());
    }

    @Test
    void runStopsAtItsLimitAndGoesOnFromThere() {
        sim.schedule(hardware, 100, Simulation.NORMAL, () -> log.add("at " + sim.nowNs()));

        assertEquals(Outcome.TIME_LIMIT, sim.run(50));
        assertEquals(50, sim.nowNs());
        assertTrue(log.isEmpty());
        assertEquals(Outcome.IDLE, sim.run(1000));
        assertEquals(List.of("at 100"), log);
    }

    @Test
    void cancelledTimerDoesNotHappen() {
        Simulation.Timer timer =
                sim.schedule(hardware, 10, Simulation.NORMAL, () -> log.add("never"));
        assertTrue(timer.isPending());
        timer.cancel();

        sim.run(Long.MAX_VALUE);

        assertFalse(timer.isPending());
        assertTrue(log.isEmpty());
    }

    @Test
    void sleepingThreadsInterleaveByVirtualTime() {
        thread("a", 0, () -> steps("a", 30));
        thread("b", 10, () -> steps("b", 30));

        sim.run(Long.MAX_VALUE);

        assertEquals(List.of("a0@0", "b0@10", "a1@30", "b1@40", "a2@60", "b2@70"), log);
    }

    @Test
    void oneThreadAtATimeHoldsALockAndTheOthersGetItInOrder() {
        SimLock lock = new SimLock(sim, "sched");
        for (String name : List.of("a", "b", "c")) {
            thread(
                    name,
                    0,
                    () ->
                            lock.with(() -> {
                                log.add(name + " in");
                                sim.sleep(10);
                                log.add(name + " out");
                            }));
        }

        sim.run(Long.MAX_VALUE);

        assertEquals(List.of("a in", "a out", "b in", "b out", "c in", "c out"), log);
        assertEquals(30, sim.nowNs());
    }

    @Test
    void headersNameTheLocksHeldInTheOrderTaken() {
        SimLock outer = new SimLock(sim, "sched");
        SimLock inner = new SimLock(sim, "xgs-queue");
        thread("a", 0, () -> outer.with(() -> inner.with(() -> sim.emit(track, new Mark("both")))));

        sim.run(Long.MAX_VALUE);

        assertEquals("sched+xgs-queue", told.headers.getLast().locks());
        assertEquals("a", told.headers.getLast().comm());
    }

    @Test
    void lockTakenTwiceIsABug() {
        SimLock lock = new SimLock(sim, "sched");
        thread("a", 0, () -> lock.with(() -> lock.with(() -> log.add("unreachable"))));

        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> sim.run(Long.MAX_VALUE));

        assertTrue(String.valueOf(failure.getMessage()).contains("lock=sched taken twice by a"));
    }

    @Test
    void waiterGoesOnWhenItsConditionHoldsOrItsTimeIsOver() {
        WaitQueue queue = new WaitQueue(sim);
        boolean[] ready = {false};
        thread("patient", 0, () -> log.add("patient " + queue.await(() -> ready[0], 100)));
        thread("hasty", 0, () -> log.add("hasty " + queue.await(() -> ready[0], 5)));
        sim.schedule(hardware, 20, Simulation.NORMAL, queue::wakeAll);
        sim.schedule(
                hardware,
                50,
                Simulation.NORMAL,
                () -> {
                    ready[0] = true;
                    queue.wakeAll();
                });

        sim.run(Long.MAX_VALUE);

        assertEquals(List.of("hasty false", "patient true"), log);
        assertFalse(queue.hasWaiters());
    }

    @Test
    void causesTravelWithWhatIsScheduledSpawnedAndWoken() {
        WaitQueue queue = new WaitQueue(sim);
        boolean[] ready = {false};
        thread(
                "waiter",
                0,
                () -> {
                    queue.await(() -> ready[0], WaitQueue.FOREVER);
                    sim.emit(track, new Mark("woken"));
                });
        sim.schedule(
                hardware,
                10,
                Simulation.NORMAL,
                () -> {
                    long root = sim.follow(track, new Mark("root"));
                    sim.schedule(
                            hardware,
                            5,
                            Simulation.NORMAL,
                            () -> sim.emit(track, new Mark("later")));
                    ready[0] = true;
                    queue.wakeAll();
                    assertEquals(0, root);
                });

        sim.run(Long.MAX_VALUE);

        assertEquals(List.of("root", "woken", "later"), told.marks());
        assertEquals(-1, told.headers.get(0).cause());
        assertEquals(0, told.headers.get(1).cause());
        assertEquals(0, told.headers.get(2).cause());
    }

    @Test
    void exceptionOfTheMachineEndsTheRunWithTimeAndCause() {
        thread(
                "a",
                7,
                () -> {
                    throw new ArithmeticException("broken");
                });

        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> sim.run(Long.MAX_VALUE));

        assertTrue(String.valueOf(failure.getMessage()).contains("timeNs=7"));
        assertTrue(failure.getCause() instanceof ArithmeticException);
    }

    @Test
    void callbackMayNotBlock() {
        sim.schedule(hardware, 0, Simulation.NORMAL, () -> sim.sleep(1));

        assertThrows(IllegalStateException.class, () -> sim.run(Long.MAX_VALUE));
    }

    @Test
    void waitingThreadsEndWithTheSimulation() {
        WaitQueue queue = new WaitQueue(sim);
        SimThread waiting =
                sim.spawn(
                        new Actor("a", 1, "user"),
                        0,
                        () -> queue.await(() -> false, WaitQueue.FOREVER));

        assertEquals(Outcome.IDLE, sim.run(Long.MAX_VALUE));

        assertFalse(waiting.isFinished());
        assertTrue(queue.hasWaiters());
    }

    private void thread(String name, long delayNs, Runnable body) {
        sim.spawn(new Actor(name, 1, "user"), delayNs, body);
    }

    private void steps(String name, long sleepNs) {
        for (int i = 0; i < 3; i++) {
            log.add(name + i + "@" + sim.nowNs());
            sim.sleep(sleepNs);
        }
    }
}
