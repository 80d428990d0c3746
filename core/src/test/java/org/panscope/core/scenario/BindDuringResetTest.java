package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.MemoryEvent.VmBindJob;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;

import java.util.List;

/// Asynchronous VM_BIND while the GPU is reset: the queues of the address spaces stand still, and
/// go on afterwards.
class BindDuringResetTest {
    private static final int BINDS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"rfc-2024", "mainline-2026"})
    void noOperationRunsWhileTheMmuIsReset(String profile) {
        String bind =
                """
                {"op": "repeat", "count": %d, "steps": [
                 {"op": "vm_bind", "vm": "vm", "bo": "code", "va": "0x700000", "async": true,
                  "signal": [{"syncobj": "done"}]},
                 {"op": "sleep", "for": "15us"}]}\
                """
                        .formatted(BINDS);
        Story story =
                new Story()
                        .with("driver.profile", profile)
                        .inMain(
                                Story.userGroup("victim"),
                                Story.submit("victim", "\"MOVE32 r70, #0x10\""),
                                Story.sleep("2ms"),
                                "{\"op\": \"signal\", \"event\": \"reset\"}",
                                bind,
                                Story.await("done"))
                        .at(
                                "0ns",
                                "{\"op\": \"await\", \"event\": \"reset\"}",
                                "{\"op\": \"gpu_reset\", \"group\": \"victim\"}")
                        .run();
        assertEquals(List.of(), story.failures());
        boolean inReset = false;
        int pushedInReset = 0;
        int runs = 0;
        for (EventLog.Entry entry : story.log().entries()) {
            if (entry.event() instanceof Reset reset) {
                inReset =
                        reset.step() == ResetStep.MMU_PRE
                                || (inReset && reset.step() != ResetStep.MMU_POST);
            } else if (entry.event() instanceof VmBindJob job) {
                assertFalse(inReset && job.step() == JobStep.RUN, EventLog.line(job));
                pushedInReset += inReset && job.step() == JobStep.PUSHED ? 1 : 0;
                runs += job.step() == JobStep.RUN ? 1 : 0;
            }
        }
        assertTrue(pushedInReset > 0, "no operation was queued during the reset");
        assertEquals(BINDS, runs);
    }
}
