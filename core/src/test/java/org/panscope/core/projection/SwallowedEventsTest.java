package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;

import java.io.IOException;
import java.nio.file.Path;

/// A recorder that keeps one kind of event to itself is found out, whichever kind it is: the
/// checker names object, believer, quantity and the event after which it showed.
class SwallowedEventsTest {
    @ParameterizedTest
    @CsvSource({
        "Bind, group kernel slot",
        "GroupList, device kernel idle_1",
        "GroupMasks, group kernel blocked_queues",
        "GroupState, group kernel state",
        "GroupRef, group kernel refs",
        "GroupCreateStep, group kernel destroyed",
        "QueueCreated, queue exists",
        "Job, job exists",
        "QueueTimer, queue kernel timer",
        "Pm, device kernel pm_state",
        "Fence, fence exists",
        "Syncobj, syncobj exists",
        "Eventfd, eventfd exists",
        "DbFault, file memory doorbell_page_0x7f0000040000",
        "RingWrite, queue application written",
        "InsertWrite, queue application insert",
        "UserLoad, queue application extract",
        "MemWrite, bo memory byte 0x0",
        "SyncMem, bo memory byte 0x0",
        "FwCs, cs firmware active",
        "FwReq, iface kernel req",
        "FwAck, iface firmware ack",
        "FwWrite, iface exists",
        "CsInstr, cs firmware pc",
        "VmMap, vm kernel map_0x100000",
        "BoCreate, bo exists"
    })
    void aKindThatTheDemoShows(String type, String place) throws IOException, ScenarioException {
        check(ScenarioFile.read(Path.of("..", "samples", "demo.json")), type, place);
    }

    @ParameterizedTest
    @CsvSource({
        "Unbind, group kernel slot",
        "DbZap, file memory doorbell_page_0x7f0000030000",
        "CsProg, bo memory byte 0x8"
    })
    void aKindThatSharingSlotsShows(String type, String place)
            throws IOException, ScenarioException {
        check(SharedSlotsTest.fiveProcesses(), type, place);
    }

    @ParameterizedTest
    @CsvSource({
        "VmUnmap, vm kernel map_0x800000000000",
        "VmDestroy, vm kernel destroyed",
        "VmFree, vm exists",
        "BoDestroy, bo exists",
        "GroupDestroy, group kernel destroyed",
        "GroupRelease, group exists"
    })
    void aKindThatTearingDownShows(String type, String place)
            throws IOException, ScenarioException {
        check(ScenarioFile.parse("teardown.json", MachineInvariantTest.TEARDOWN), type, place);
    }

    private static void check(Scenario scenario, String type, String place)
            throws IOException, ScenarioException {
        Difference found =
                CheckedRun.withoutHearing(
                        scenario, event -> event.getClass().getSimpleName().equals(type));
        assertEquals(place, found.place(), found.toString());
        assertFalse(found.event().getClass().getSimpleName().equals(type));
    }
}
