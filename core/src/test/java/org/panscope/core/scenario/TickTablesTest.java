package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.scenario.Story.JOB;
import static org.panscope.core.scenario.Story.await;
import static org.panscope.core.scenario.Story.code;
import static org.panscope.core.scenario.Story.job;
import static org.panscope.core.scenario.Story.kernelGroup;
import static org.panscope.core.scenario.Story.sleep;
import static org.panscope.core.scenario.Story.submit;
import static org.panscope.core.scenario.Story.userGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What ticks decide, with the scheduler of v6.11 and with that of 2026.
class TickTablesTest {
    private static final String NOP = "\"MOVE32 r70, #0x1\"";

    /// The picks of every tick, as `1 2`, ticks without picks left out.
    private static List<String> picks(Story story) {
        List<String> ticks = new ArrayList<>();
        StringBuilder now = new StringBuilder();
        for (Tick tick : story.log().of(Tick.class)) {
            if (tick.phase() == TickPhase.PICK) {
                now.append(now.isEmpty() ? "" : " ").append(tick.gid());
            } else if (tick.phase() == TickPhase.END && !now.isEmpty()) {
                ticks.add(now.toString());
                now.setLength(0);
            }
        }
        return ticks;
    }

    private static Story busy(int groups, String profile) {
        List<String> steps = new ArrayList<>();
        for (int i = 1; i <= groups; i++) {
            steps.add(userGroup("g" + i));
            steps.add(submit("g" + i, JOB));
        }
        steps.add(sleep("60ms"));
        return new Story()
                .with("driver.profile", profile)
                .with("fw.csg_slots", "3")
                .with("cs.compute_job_ns", "500ms")
                .inMain(steps.toArray(String[]::new));
    }

    // ---- rotation
    // --------------------------------------------------------------------------------

    @Test
    void busyGroupsOfOnePriorityTakeTurnsAtTheTopIn2026() {
        List<String> ticks = picks(busy(2, "mainline-2026").run());
        long first = ticks.stream().filter(t -> t.equals("1 2")).count();
        long second = ticks.stream().filter(t -> t.equals("2 1")).count();
        assertTrue(first >= 2 && second >= 2, ticks.toString());
    }

    @Test
    void inV611TicksStopWhileSlotsAreFree() {
        Story story = busy(2, "rfc-2024").run();
        long ticks =
                story.log().entries().stream()
                        .filter(e -> e.header().timeNs() < 55_000_000)
                        .filter(e -> e.event() instanceof Tick t && t.phase() == TickPhase.BEGIN)
                        .count();
        assertTrue(ticks <= 3, "ticks=" + ticks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void moreGroupsThanSlotsTakeTurnsOnSlots(String profile) {
        Story story = busy(5, profile).run();
        TreeSet<Long> bound = new TreeSet<>();
        story.log().of(Bind.class).forEach(bind -> bound.add(bind.gid()));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), List.copyOf(bound));
        List<String> ticks = picks(story);
        assertTrue(new TreeSet<>(ticks).size() >= 3, ticks.toString());
        for (String tick : ticks) {
            List<String> gids = List.of(tick.split(" "));
            assertEquals(gids.size(), new TreeSet<>(gids).size(), "picked twice: " + tick);
            assertTrue(gids.size() <= 3, tick);
        }
    }

    // ---- realtime
    // ----------------------------------------------------------------------------------

    /// Three groups of low priority hold all slots; a fourth comes in the middle of a time slice.
    private static Story latecomer(String priority, String profile) {
        List<String> steps = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            steps.add(
                    userGroup("g" + i)
                            .replace("\"vm\": \"vm\"", "\"vm\": \"vm\", \"priority\": \"low\""));
            steps.add(submit("g" + i, JOB));
        }
        steps.add(sleep("12ms"));
        steps.add(
                userGroup("late")
                        .replace(
                                "\"vm\": \"vm\"",
                                "\"vm\": \"vm\", \"priority\": \"" + priority + "\""));
        steps.add(submit("late", JOB));
        steps.add(sleep("30ms"));
        return new Story()
                .privileged()
                .with("driver.profile", profile)
                .with("fw.csg_slots", "3")
                .with("cs.compute_job_ns", "500ms")
                .inMain(steps.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "realtime, mainline-2026, true",
        "high, rfc-2024, false",
        "high, mainline-2026, false"
    })
    void onlyRealtimeGroupsGetInWithinATimeSlice(String priority, String profile, boolean atOnce) {
        Story story = latecomer(priority, profile).run();
        assertEquals(List.of(), story.failures());
        long kickedNs = timeOf(story, "KICK gid=5 .*");
        long boundNs = timeOf(story, "BIND gid=5 .*");
        assertEquals(atOnce, boundNs - kickedNs < 1_000_000, "waited ns=" + (boundNs - kickedNs));
        assertTrue(boundNs - kickedNs < 11_000_000, "waited ns=" + (boundNs - kickedNs));
    }

    // ---- full and partial ticks
    // ----------------------------------------------------------------------

    /// A tick that comes early while ticks are stopped.
    @ParameterizedTest
    @CsvSource({"rfc-2024, true", "mainline-2026, false"})
    void anEarlyTickWhileTicksAreStoppedIsFullInV611Only(String profile, boolean full) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(
                                userGroup("a"),
                                submit("a", NOP),
                                sleep("15ms"),
                                userGroup("b"),
                                submit("b", NOP),
                                sleep("2ms"),
                                userGroup("c"),
                                submit("c", NOP),
                                sleep("1ms"))
                        .run();
        long startNs = timeOf(story, "KICK gid=3 .*");
        Tick tick =
                story.log().entries().stream()
                        .filter(e -> e.header().timeNs() > startNs)
                        .map(EventLog.Entry::event)
                        .filter(e -> e instanceof Tick t && t.phase() == TickPhase.BEGIN)
                        .map(Tick.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals(full, tick.full());
    }

    // ---- limits
    // ------------------------------------------------------------------------------------

    /// Two address spaces for groups, three groups with a VM each, on three slots.
    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void noMoreAddressSpacesAreUsedThanThereAre(String profile) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .with("fw.csg_slots", "4")
                        .with("gpu.as_present", "7")
                        .with("cs.compute_job_ns", "500ms")
                        .inMain(
                                "{\"op\": \"vm_create\", \"name\": \"vm2\"}",
                                "{\"op\": \"vm_create\", \"name\": \"vm3\"}",
                                userGroup("a"),
                                submit("a", JOB),
                                userGroup("same_vm"),
                                submit("same_vm", JOB),
                                userGroup("b").replace("\"vm\": \"vm\"", "\"vm\": \"vm2\""),
                                submit("b", JOB),
                                userGroup("c").replace("\"vm\": \"vm\"", "\"vm\": \"vm3\""),
                                submit("c", JOB),
                                sleep("60ms"))
                        .run();
        assertEquals(List.of(), story.failures());
        assertFalse(story.says("no address space is idle"), story.messages().toString());
        for (Bind bind : story.log().of(Bind.class)) {
            assertEquals(0, bind.result());
            assertTrue(bind.as() == 1 || bind.as() == 2, bind.toString());
        }
        for (String tick : picks(story)) {
            assertFalse(tick.matches(".*[12].*") && tick.contains("3") && tick.contains("4"), tick);
        }
    }

    /// The VM that has been idle longest loses its address space.
    @Test
    void theLongestIdleVmLosesItsAddressSpace() {
        List<String> steps = new ArrayList<>();
        for (int i = 2; i <= 3; i++) {
            steps.add("{\"op\": \"vm_create\", \"name\": \"vm%d\"}".formatted(i));
        }
        for (int i = 1; i <= 3; i++) {
            String vm = i == 1 ? "vm" : "vm" + i;
            steps.add(userGroup("g" + i).replace("\"vm\": \"vm\"", "\"vm\": \"" + vm + "\""));
            steps.add(submit("g" + i, NOP));
            steps.add(sleep("2ms"));
            steps.add("{\"op\": \"group_destroy\", \"group\": \"g%d\"}".formatted(i));
            steps.add(sleep("2ms"));
        }
        Story story =
                new Story().with("gpu.as_present", "7").inMain(steps.toArray(String[]::new)).run();
        assertEquals(List.of(), story.failures());
        assertEquals(List.of(1, 2, 1), story.log().of(Bind.class).stream().map(Bind::as).toList());
    }

    // ---- programming and jobs
    // ----------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"rfc-2024, 0x511", "mainline-2026, 0x501"})
    void aStreamIsStartedWithTheBitsOfTheDriver(String profile, String req) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(userGroup("g"), submit("g", NOP), sleep("1ms"))
                        .run();
        FwReq first =
                story.log().of(FwReq.class).stream()
                        .filter(r -> r.block().equals("CSG0.CS0") && r.word().equals("req"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Long.decode(req), first.newValue());
    }

    @ParameterizedTest
    @CsvSource({"rfc-2024, false", "mainline-2026, true"})
    void aJobOnABoundSlotClearsTheIdleBitIn2026Only(String profile, boolean clears) {
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(
                                code(NOP),
                                kernelGroup("g"),
                                job("g", "done"),
                                await("done"),
                                sleep("5ms"),
                                job("g", "done_2"),
                                await("done_2"))
                        .run();
        long pushedNs = timeOf(story, "JOB job=2 .* step=run .*");
        boolean cleared =
                story.log().entries().stream()
                        .filter(e -> e.header().timeNs() >= pushedNs)
                        .filter(e -> e.header().timeNs() < pushedNs + 5_000)
                        .anyMatch(e -> e.event() instanceof GroupMasks m && m.idle() == 0);
        assertEquals(clears, cleared);
    }

    private static long timeOf(Story story, String regex) {
        return story.log().entries().stream()
                .filter(e -> EventLog.line(e.event()).matches(regex))
                .findFirst()
                .orElseThrow()
                .header()
                .timeNs();
    }
}
