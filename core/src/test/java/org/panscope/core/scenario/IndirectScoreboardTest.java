package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.scenario.EventLog.Entry;
import org.panscope.trace.event.FirmwareEvent.Endpoint;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;

import java.util.List;

/// What `samples/indirect-scoreboard.json` says is to be seen in it.
class IndirectScoreboardTest {
    private static final int COMPUTE_QUEUE = 2;
    private static final int SLOTS = 4;
    private static final int CORES_ALLOWED = 5;
    private static final int WORK_NS = 256 * 1000;

    private final List<Entry> dispatches =
            Runs.sample("indirect-scoreboard.json").entries().stream()
                    .filter(entry -> isDispatch(entry.event()))
                    .toList();

    private static boolean isDispatch(Object event) {
        return event instanceof Endpoint endpoint
                && endpoint.cs() == COMPUTE_QUEUE
                && endpoint.kind() == EndpointKind.COMPUTE
                && (endpoint.step() == EndpointStep.START || endpoint.step() == EndpointStep.END);
    }

    @Test
    void asManyDispatchesAreInFlightAsTheStreamHasSlots() {
        int inFlight = 0;
        int most = 0;
        for (Entry entry : dispatches) {
            inFlight += ((Endpoint) entry.event()).step() == EndpointStep.START ? 1 : -1;
            most = Math.max(most, inFlight);
        }
        assertEquals(SLOTS, most);
        assertEquals(2 * 6 * 2, dispatches.size(), "two frames of six, each starts and ends");
    }

    @Test
    void limitedJobTakesAsLongAsOnThatManyCores() {
        long startNs = dispatches.get(0).header().timeNs();
        long endNs =
                dispatches.stream()
                        .filter(entry -> ((Endpoint) entry.event()).step() == EndpointStep.END)
                        .findFirst()
                        .orElseThrow()
                        .header()
                        .timeNs();
        assertEquals(WORK_NS / CORES_ALLOWED, endNs - startNs);
    }
}
