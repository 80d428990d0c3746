package org.panscope.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.analysis.rules.Rule;
import org.panscope.core.analysis.rules.RuleCatalog;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.MemoryEvent.ReclaimStep;
import org.panscope.trace.event.SchedEvent.CsProg;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsRecheck;
import org.panscope.trace.io.MemoryTrace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Each rule notices that one thing was broken in a trace that does not break it, and no other rule
/// takes that for its own.
class MutationTest {
    /// A way to break one rule.
    ///
    /// @param before the trace that keeps it
    /// @param after the same with one thing broken
    record Mutation(String rule, String what, Source before, Source after) {
        @Override
        public String toString() {
            return rule + " " + what;
        }
    }

    /// Where a trace comes from.
    interface Source {
        MemoryTrace trace();
    }

    private static Source sample(String name, String variant) {
        return () -> AnalyzedSamples.trace(name + ".json", variant);
    }

    private static Source edited(String name, UnaryOperator<EditedTrace> edit) {
        return () -> edit.apply(new EditedTrace(AnalyzedSamples.trace(name + ".json", ""))).trace();
    }

    private static Mutation edit(
            String rule, String name, String what, UnaryOperator<EditedTrace> edit) {
        return new Mutation(rule, what, sample(name, ""), edited(name, edit));
    }

    /// The fix turned off.
    private static Mutation turn(String rule, String name, String fix) {
        return new Mutation(rule, fix + " turned off", sample(name, fix), sample(name, ""));
    }

    private static <T> boolean any(T event) {
        return true;
    }

    static Stream<Mutation> mutations() {
        return Stream.of(
                edit(
                        "I1",
                        "hello-ring",
                        "a list move lost",
                        t ->
                                t.drop(
                                        GroupList.class,
                                        0,
                                        e ->
                                                e.to() == GroupListName.NONE
                                                        && e.from() == GroupListName.TICK_NEW)),
                edit(
                        "I2",
                        "hello-ring",
                        "a tick counts one more",
                        t ->
                                t.change(
                                        Tick.class,
                                        0,
                                        e -> e.phase() == TickPhase.END && e.groupCount() == 1,
                                        "group_count",
                                        2L)),
                edit(
                        "I3",
                        "hello-ring",
                        "another slot in a list move",
                        t -> t.change(GroupList.class, 0, e -> e.csgId() == 0, "csg_id", 3L)),
                edit(
                        "I4",
                        "hello-ring",
                        "the group is never linked",
                        t -> t.drop(GroupCreateStep.class, 0, e -> e.step() == CreateStep.LINKED)),
                edit(
                        "I5",
                        "hello-ring",
                        "a list move without the lock",
                        t -> t.unlock(GroupList.class, 2, MutationTest::any)),
                edit(
                        "I6",
                        "gpu-reset-both-flows",
                        "the end of a reset lost",
                        t -> t.drop(Reset.class, 0, e -> e.step() == ResetStep.POST_END)),
                edit(
                        "I7",
                        "hello-ring",
                        "a fault maps another doorbell",
                        t ->
                                t.change(
                                        DbFault.class,
                                        0,
                                        e -> e.page() == FaultPage.REAL,
                                        "doorbell_id",
                                        2L)),
                edit(
                        "I8",
                        "hello-ring",
                        "a fault maps the dummy page",
                        t ->
                                t.change(
                                        DbFault.class,
                                        0,
                                        e -> e.page() == FaultPage.REAL,
                                        "page",
                                        "dummy")),
                edit(
                        "I9",
                        "hello-ring",
                        "a doorbell rings another group",
                        t ->
                                t.change(
                                        DbRing.class,
                                        0,
                                        e -> e.by() == Ringer.USER_PAGE,
                                        "target_gid",
                                        7L)),
                edit(
                        "I10",
                        "hello-ring",
                        "a ring store lost",
                        t -> t.drop(RingWrite.class, 0, MutationTest::any)),
                edit(
                        "I11",
                        "hello-ring",
                        "a ring store after its INSERT",
                        t ->
                                t.insert(
                                        t.find(
                                                        org.panscope.trace.event.UserEvent
                                                                .InsertWrite.class,
                                                        0,
                                                        MutationTest::any)
                                                + 1,
                                        t.get(RingWrite.class, 0, MutationTest::any))),
                edit(
                        "I12",
                        "hello-ring",
                        "the firmware never fetches",
                        t -> t.dropAll(FwCs.class, MutationTest::any)),
                edit(
                        "I13",
                        "hello-ring",
                        "the group does not become idle",
                        t -> t.drop(GroupMasks.class, -1, MutationTest::any)),
                turn("I14", "hello-ring", "kick-pm-ref"),
                turn("I15", "xgs-signal-unseen", "signal-rings"),
                edit(
                        "I16",
                        "xgs-bridge",
                        "a WAIT executed twice",
                        t ->
                                t.repeat(
                                        XgsOp.class,
                                        0,
                                        e ->
                                                e.op() == XgsOpKind.WAIT_GT
                                                        && Integer.valueOf(0).equals(e.result()))),
                edit(
                        "I17",
                        "xgs-bridge",
                        "the in-flight reference is kept",
                        t -> t.drop(XgsJob.class, 0, e -> e.step() == XgsJobStep.IN_FLIGHT_PUT)),
                edit(
                        "I18",
                        "kernel-submit",
                        "a fence is never signalled",
                        t ->
                                t.drop(
                                        Fence.class,
                                        0,
                                        e ->
                                                e.kind() == FenceKind.FINISHED
                                                        && e.step() == FenceStep.SIGNALED)),
                edit(
                        "I19",
                        "kernel-submit",
                        "a fence is signalled twice",
                        t ->
                                t.repeat(
                                        Fence.class,
                                        0,
                                        e ->
                                                e.kind() == FenceKind.QUEUE_DONE
                                                        && e.step() == FenceStep.SIGNALED)),
                edit(
                        "I20",
                        "xgs-bridge",
                        "an error that nobody made",
                        t ->
                                t.change(
                                        Fence.class,
                                        0,
                                        e ->
                                                e.kind() == FenceKind.FINISHED
                                                        && e.step() == FenceStep.SIGNALED
                                                        && e.timeline().equals("panthor_xgs"),
                                        "error",
                                        -22L)),
                edit(
                        "I21",
                        "hello-ring",
                        "an error after the value",
                        t ->
                                t.repeat(
                                        SyncMem.class,
                                        0,
                                        MutationTest::any,
                                        "old_value",
                                        1L,
                                        "new_error",
                                        1L)),
                edit(
                        "I22",
                        "xgs-bridge",
                        "an addition that adds something else",
                        t ->
                                t.change(
                                        XgsOp.class,
                                        0,
                                        e ->
                                                e.op() == XgsOpKind.SIGNAL_SET
                                                        && Integer.valueOf(0).equals(e.result()),
                                        "op",
                                        "signal_add",
                                        "after",
                                        5L)),
                edit(
                        "I23",
                        "xgs-bridge",
                        "the ring does not store what the job waits for",
                        t ->
                                t.change(
                                        RingWrite.class,
                                        0,
                                        MutationTest::any,
                                        "data",
                                        new byte[192])),
                new Mutation(
                        "I24",
                        "an allocation on the way to a signal",
                        edited(
                                "xgs-bridge",
                                t -> t.dropAll(AllocInSignal.class, MutationTest::any)),
                        edited(
                                "xgs-bridge",
                                t ->
                                        t.dropAll(
                                                AllocInSignal.class,
                                                e -> !e.kind().equals("vmap")))),
                new Mutation(
                        "I25",
                        "reclaim waits for the fence",
                        edited(
                                "indefinite-fence",
                                t ->
                                        t.dropAll(
                                                Reclaim.class,
                                                e -> e.step() == ReclaimStep.WAIT_FENCE)),
                        sample("indefinite-fence", "")),
                edit(
                        "I26",
                        "hello-ring",
                        "memory becomes short",
                        t -> t.insert(5, new Reclaim(ReclaimStep.BEGIN, 4096, null, null))),
                edit(
                        "I27",
                        "eviction-fence",
                        "a submission fence is not signalled",
                        t ->
                                t.drop(
                                        Fence.class,
                                        0,
                                        e ->
                                                e.kind() == FenceKind.SUBMISSION
                                                        && e.step() == FenceStep.SIGNALED)),
                edit(
                        "I28",
                        "hello-ring",
                        "a KICK of a queue the group lacks",
                        t -> t.change(Kick.class, 0, MutationTest::any, "mask", 3L)),
                edit(
                        "I29",
                        "xgs-bridge",
                        "a submit that makes no job",
                        t -> t.drop(XgsJob.class, 0, e -> e.step() == XgsJobStep.CREATED)),
                edit(
                        "I30",
                        "hello-ring",
                        "the queues of another file are looked at",
                        t -> t.change(XgsRecheck.class, 0, MutationTest::any, "file_id", 9L)),
                turn("I31", "group-death-fatal", "announced"),
                edit(
                        "I32",
                        "hello-ring",
                        "an eventfd is not counted up",
                        t -> t.drop(Eventfd.class, 0, e -> e.after() > e.before())),
                turn("I33", "mixed-flows", "zap-one-page"),
                edit(
                        "I34",
                        "hello-ring",
                        "the kernel warns of the ring's pointers",
                        t -> t.change(CsProg.class, 0, MutationTest::any, "warned", true)),
                edit(
                        "I35",
                        "hello-ring",
                        "a queue blocks and nobody ends that",
                        t ->
                                t.insert(
                                        t.find(FwCs.class, -1, e -> e.step() == CsStep.EMPTY),
                                        new FwCs(
                                                0,
                                                0,
                                                CsStep.BLOCK,
                                                null,
                                                null,
                                                null,
                                                null,
                                                3,
                                                0x5000L,
                                                1L,
                                                true,
                                                true))),
                turn("I36", "xgs-timeout-chain", "error-state"),
                edit(
                        "C5",
                        "priority-inversion",
                        "the group that waits is of high priority",
                        t ->
                                t.change(
                                        GroupList.class,
                                        0,
                                        e -> e.gid() == 5 && e.to() == GroupListName.RUNNABLE,
                                        "priority",
                                        3L)));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void isNoticedByItsRuleAlone(Mutation mutation) {
        SortedSet<String> before = Analyzer.analyze(mutation.before().trace()).brokenRules();
        Verdict verdict = Analyzer.analyze(mutation.after().trace());
        SortedSet<String> added = new TreeSet<>(RuleOrder.BY_NUMBER);
        added.addAll(verdict.brokenRules());
        added.removeAll(before);
        assertTrue(!before.contains(mutation.rule()), "kept before");
        assertEquals(
                List.of(mutation.rule()),
                new ArrayList<>(added),
                () -> verdict.findings().toString());
    }

    @Test
    void everyRuleHasOne() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Rule rule : RuleCatalog.rules()) {
            counts.put(rule.info().id(), 0);
        }
        mutations().forEach(mutation -> counts.merge(mutation.rule(), 1, Integer::sum));
        List<String> without = new ArrayList<>();
        counts.forEach((rule, count) -> {
            if (count == 0) {
                without.add(rule);
            }
        });
        assertEquals(List.of(), without, "rules nothing was broken for");
    }
}
