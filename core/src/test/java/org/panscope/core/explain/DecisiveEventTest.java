package org.panscope.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.scenario.EmulatedTrace;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.io.MemoryTrace;

import java.util.function.Predicate;

/// An answer rests on its events: without the decisive one it is another.
class DecisiveEventTest {
    @Test
    void withoutTheRingNobodyRang() {
        String text =
                answer(
                        "stale-doorbell-dummy",
                        "queue:1.0",
                        "@10ms",
                        event -> event instanceof DbRing ring && ring.by() == Ringer.USER_PAGE);
        assertTrue(text.contains("No doorbell was rung for group:1"), text);
    }

    @Test
    void withoutThePageFaultItIsNotKnownWhyTheDummyPageWasMapped() {
        String text =
                answer(
                        "stale-doorbell-dummy",
                        "queue:1.0",
                        "@10ms",
                        event -> event instanceof DbFault);
        assertTrue(text.contains("hit the dummy page"), text);
        assertFalse(text.contains("D1"), text);
    }

    @Test
    void withoutTheStoreThereIsOnlyWrittenWork() {
        String text =
                answer(
                        "evict-vs-ring-b",
                        "queue:2.0",
                        "@20ms",
                        event ->
                                event instanceof InsertWrite insert
                                        && insert.gid() == 2
                                        && insert.newInsert() == 128);
        assertTrue(text.contains("INSERT was not moved"), text);
    }

    @Test
    void withoutTheKickNobodyTriedToHelp() {
        String text = answer("starved-kick", "queue:2.0", "@30ms", event -> event instanceof Kick);
        assertFalse(text.contains("Starved"), text);
        assertTrue(text.contains("(S1)"), text);
    }

    @Test
    void withoutReclaimThereIsNoCycle() {
        String text =
                answer("indefinite-fence", "fence:9:1", "@3s", event -> event instanceof Reclaim);
        assertFalse(text.contains("A cycle"), text);
        assertTrue(text.contains("is in BO_CREATE"), text);
    }

    @Test
    void withoutTheWriteTheValueIsNotThere() {
        String text =
                answer(
                        "xgs-signal-unseen",
                        "queue:1.0",
                        "@20ms",
                        event -> event instanceof SyncMem);
        assertFalse(text.contains("(R9)"), text);
    }

    @Test
    void withoutTheTimeoutTheSignalIsStillToCome() {
        String text =
                answer(
                        "xgs-timeout-chain",
                        "queue:1.0",
                        "@7s",
                        event ->
                                event instanceof XgsJob job
                                        && (job.step() == XgsJobStep.TIMEOUT
                                                || job.step() == XgsJobStep.IN_FLIGHT_PUT
                                                || job.step() == XgsJobStep.PUT
                                                || job.step() == XgsJobStep.FREED));
        assertFalse(text.contains("(I36)"), text);
        assertTrue(text.contains("which is not executed yet"), text);
    }

    private static String answer(
            String sample, String object, String cursor, Predicate<TraceEvent> lacking) {
        MemoryTrace trace =
                EmulatedTrace.without(
                        sample,
                        event -> {
                            TraceEvent record = event.record();
                            return record != null && lacking.test(record);
                        });
        Explanation explanation =
                new Explainer(trace)
                        .at(Cursor.parse(cursor).positionIn(trace))
                        .explain(ObjectId.parse(object));
        String text = ExplanationText.of(explanation, trace);
        assertEquals(ObjectId.parse(object), explanation.subject());
        return text;
    }
}
