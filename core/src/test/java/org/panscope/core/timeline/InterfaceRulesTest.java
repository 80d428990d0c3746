package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent.FwAck;
import org.panscope.trace.event.FirmwareEvent.FwDoorbellScan;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.FirmwareEvent.FwWrite;
import org.panscope.trace.event.FirmwareEvent.RegWrite;

import java.util.List;

/// Requests, answers and reports of the firmware interfaces in the kernel's words.
class InterfaceRulesTest {
    private static final String MCU = "firmware:firmware > mcu:mcu";
    private static final String HARDWARE = "hardware:hardware";
    private static final String CSG = "firmware:firmware > csg:csg 0";

    @Test
    void requestAndAnswerNameTheBitsAndTheBarLastsUntilTheAnswer() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CSG, new FwReq("CSG0", "doorbell_req", 0, 0x5))
                        .at(12, CSG, new FwReq("CSG0", "req", 0, 0x11))
                        .at(20, MCU, new FwAck("CSG0", "ack", 0, 0x11))
                        .at(22, MCU, new FwAck("CSG0", "doorbell_ack", 0, 0x5))
                        .build();
        assertEquals(
                List.of(
                        "10 CSG0 doorbell_req: CS 0 2 UP ACTIVITY",
                        "12 CSG0 req: STATE=START, EP_CFG UP ACTIVITY",
                        "20 CSG0 ack: STATE=START, EP_CFG DOWN ACTIVITY",
                        "22 CSG0 doorbell_ack: CS 0 2 DOWN ACTIVITY"),
                instants(timeline, "firmware / csg 0"));
        assertEquals(
                List.of(
                        "10-12 asked: look at CS 0 2 WAITING",
                        "12-20 asked: look at CS 0 2, STATE=START, EP_CFG WAITING",
                        "20-22 asked: look at CS 0 2 WAITING"),
                bars(timeline, "firmware / csg 0"));
    }

    @Test
    void reportOfTheFirmwareStandsUntilTheHostTakesNote() {
        Timeline timeline =
                new TraceScript()
                        .at(10, MCU, new FwAck("CSG0", "ack", 0x1, 0x1000_0001))
                        .at(30, CSG, new FwReq("CSG0", "req", 0x1, 0x1000_0001))
                        .build();
        assertEquals(
                List.of(
                        "10 CSG0 ack: SYNC_UPDATE raised DOWN ACTIVITY",
                        "30 CSG0 req: SYNC_UPDATE noted UP ACTIVITY"),
                instants(timeline, "firmware / csg 0"));
        assertEquals(List.of("10-30 told: SYNC_UPDATE QUEUED"), bars(timeline, "firmware / csg 0"));
    }

    @Test
    void interruptOfAStreamIsToldByTheFirmware() {
        Timeline timeline =
                new TraceScript()
                        .at(10, MCU, new FwAck("CSG0", "cs_irq_req", 0x0, 0x2))
                        .at(30, CSG, new FwReq("CSG0", "cs_irq_ack", 0x0, 0x2))
                        .build();
        assertEquals(
                List.of("10-30 told: look at CS 1 QUEUED"), bars(timeline, "firmware / csg 0"));
    }

    @Test
    void requestNobodyAnswersStaysOpen() {
        Timeline timeline =
                new TraceScript()
                        .at(10, MCU, new FwReq("GLB", "req", 0x0, 0x100))
                        .at(90, MCU, new FwDoorbellScan(0, 0x6))
                        .build();
        assertEquals(List.of("10-… asked: PING WAITING"), bars(timeline, "firmware / mcu"));
        assertEquals(
                List.of(
                        "10 GLB req: PING UP ACTIVITY",
                        "90 doorbell 0 scanned: CSG 1 2 DIAMOND ACTIVITY"),
                instants(timeline, "firmware / mcu"));
    }

    @Test
    void wordsWithoutAMeaningKeepTheirNumbers() {
        Timeline timeline =
                new TraceScript()
                        .at(10, MCU, new FwReq("GLB", "other", 0x0, 0x100))
                        .at(20, MCU, new FwWrite("CSG1", "allow_compute", 8, 0x50005, false))
                        .at(30, MCU, new RegWrite(0x10000, "LATEST_FLUSH_ID", 0x12))
                        .build();
        assertEquals(
                List.of(
                        "10 GLB other = 0x100 UP ACTIVITY",
                        "20 CSG1 allow_compute = 0x50005 TICK IDLE",
                        "30 LATEST_FLUSH_ID = 0x12 TICK IDLE"),
                instants(timeline, "firmware / mcu"));
    }

    @Test
    void commandsOfAnAddressSpaceAreNamedAndARegionIsLockedUntilUnlock() {
        Timeline timeline =
                new TraceScript()
                        .at(5, HARDWARE, new RegWrite(0x2410, "AS1_LOCKADDR", 0x408000f))
                        .at(10, HARDWARE, new RegWrite(0x2458, "AS1_COMMAND", 2))
                        .at(20, HARDWARE, new RegWrite(0x2458, "AS1_COMMAND", 4))
                        .at(30, HARDWARE, new RegWrite(0x2458, "AS1_COMMAND", 3))
                        .at(40, HARDWARE, new RegWrite(0x2450, "AS1_LOCKADDR", 0x3f))
                        .at(50, HARDWARE, new RegWrite(0x2458, "AS1_COMMAND", 2))
                        .build();
        assertEquals(
                List.of("10-30 locked: 64 KiB at 0x4080000 WAITING", "50-… locked: all WAITING"),
                bars(timeline, "hardware / AS 1"));
        List<String> commands = instants(timeline, "hardware / AS 1");
        assertTrue(commands.contains("20 COMMAND=FLUSH_PT UP ACTIVITY"), commands.toString());
    }
}
