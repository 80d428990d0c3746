package org.panscope.core.state.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateBuilder;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.FaultKind;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.EventHeader;

import java.io.StringWriter;
import java.util.List;
import java.util.Objects;

class RegisterViewTest {
    private static final RegisterBlock CSG0 =
            Objects.requireNonNull(RegisterBlock.ofInterface("CSG0"));

    private final StateBuilder builder = new StateBuilder();

    @Test
    void aWordNeverSeenIsUnknownAndNotZero() {
        ReducedState state = after(new FirmwareEvent.FwReq("CSG0", "req", 0, 1));
        RegisterView.Row ack = row(RegisterView.of(state, null, CSG0), "ack");
        assertNull(ack.value());
        assertEquals("unknown", ack.text());
        assertEquals(List.of(), ack.decoded());
        assertEquals(List.of(), ack.pending(), "nobody knows whether it was answered");
    }

    @Test
    void theLastEventMarksTheWordAndTheFieldsItChanged() {
        ReducedState before = after(new FirmwareEvent.FwReq("CSG0", "req", 0, 0x01));
        ReducedState now = after(new FirmwareEvent.FwReq("CSG0", "req", 0x01, 0x12));
        RegisterView.Row req = row(RegisterView.of(now, before, CSG0), "req");
        assertTrue(req.changed());
        assertEquals(List.of("STATE", "EP_CFG"), req.changedFields());
        assertEquals(new RegisterView.Value(0x12, 1, "host"), req.value());
        assertEquals("*STATE=SUSPEND *EP_CFG", req.markedText("*"));
        ReducedState cleared = after(new FirmwareEvent.FwReq("CSG0", "req", 0x12, 0x02));
        assertEquals(
                "STATE=SUSPEND *EP_CFG=0",
                row(RegisterView.of(cleared, now, CSG0), "req").markedText("*"));
        now = cleared;
        ReducedState later = after(new FirmwareEvent.FwAck("CSG0", "ack", 0, 0x01));
        RegisterView view = RegisterView.of(later, now, CSG0);
        assertFalse(row(view, "req").changed());
        assertTrue(row(view, "ack").changed());
        assertEquals("firmware", Objects.requireNonNull(row(view, "ack").value()).by());
        assertFalse(row(RegisterView.of(later, null, CSG0), "ack").changed());
    }

    @Test
    void theSameValueWrittenAgainIsNoChangeButNamesItsWriter() {
        ReducedState before = after(new FirmwareEvent.FwWrite("CSG0", "config", 4, 2, false));
        ReducedState now = after(new FirmwareEvent.FwWrite("CSG0", "config", 4, 2, false));
        RegisterView.Row config = row(RegisterView.of(now, before, CSG0), "config");
        assertFalse(config.changed());
        assertEquals(1, Objects.requireNonNull(config.value()).writtenBy());
    }

    @Test
    void bothWordsOfAPairShowWhatIsPending() {
        after(new FirmwareEvent.FwReq("CSG0", "req", 0, 0x21));
        ReducedState state = after(new FirmwareEvent.FwAck("CSG0", "ack", 0, 0x01));
        RegisterView view = RegisterView.of(state, null, CSG0);
        List<RegisterPair.Pending> expected =
                List.of(
                        new RegisterPair.Pending(
                                "STATUS_UPDATE", 0x20, "STATUS_UPDATE asked, not acknowledged"));
        assertEquals(expected, row(view, "req").pending());
        assertEquals(expected, row(view, "ack").pending());
        assertTrue(row(view, "req").isRequest());
        assertFalse(row(view, "ack").isRequest());
    }

    @Test
    void aWordTheCatalogDoesNotKnowIsStillShown() {
        ReducedState state = after(new FirmwareEvent.FwWrite("CSG0", "brand_new", 4, 0x77, true));
        RegisterView.Row word = RegisterView.of(state, null, CSG0).rows().getLast();
        assertEquals("brand_new", word.word().name());
        assertEquals("0x77", word.text());
        assertEquals("?", RegisterText.offset(word.word()));
    }

    @Test
    void registersComeFromWhatTheHardwareShowed() {
        after(new FirmwareEvent.Mcu(FirmwareEvent.McuState.HALT));
        after(new FirmwareEvent.AsConfig(2, 7, 0x8000_5000L));
        after(
                new FirmwareEvent.Fault(
                        FaultKind.MMU_FAULT, null, null, 2, 0xc1, 0x3c1, 0x7f00_0000L));
        ReducedState state = after(new FirmwareEvent.RegWrite(0x160, "L2_READY", 1));
        RegisterView gpu = RegisterView.of(state, null, RegisterBlock.GPU);
        assertEquals("STATE=HALT", row(gpu, "MCU_STATUS").text());
        assertEquals("L2=0x1", row(gpu, "L2_READY").text());
        assertEquals("unknown", row(gpu, "GPU_INT_RAWSTAT").text());
        RegisterView as =
                RegisterView.of(
                        state,
                        null,
                        Objects.requireNonNull(RegisterBlock.of(ObjectId.of("as", 2))));
        assertEquals("0x80005000", row(as, "TRANSTAB").text());
        ReducedState locked = after(new FirmwareEvent.RegWrite(0x2498, "AS2_COMMAND", 2));
        assertEquals(
                "COMMAND=LOCK",
                row(RegisterView.of(locked, state, as.block()), "COMMAND").markedText(""));
        assertEquals(
                gpu.rows().size(),
                RegisterView.of(locked, null, RegisterBlock.GPU).rows().size(),
                "registers of an address space are not the GPU's");
        assertEquals(
                "SOURCE_ID=0x0 ACCESS=WRITE TYPE=TRANSLATION_FAULT_1 (0xc1)",
                row(as, "FAULTSTATUS").text());
        assertEquals("0x7f000000", row(as, "FAULTADDRESS").text());
    }

    @Test
    void userIoWordsNameWhoStoredThem() {
        after(new MemoryEvent.BoCreate(1, null, null, 4096, "ring"));
        after(new MemoryEvent.BoCreate(2, null, null, 8192, "io"));
        after(
                new KernelEvent.QueueCreated(
                        3, 0, 0, 0x10_0000, 4096, 1, 2, 0L, 0L, 24L, null, null, null, null));
        ReducedState state =
                after(new UserEvent.InsertWrite(3, 0, null, 64, UserEvent.Writer.USER));
        RegisterBlock queue = Objects.requireNonNull(RegisterBlock.of(ObjectId.queue(3, 0)));
        RegisterView view = RegisterView.of(state, null, queue);
        assertEquals(new RegisterView.Value(64, 3, "application"), row(view, "insert").value());
        assertEquals("64", row(view, "insert").text());
        assertEquals("ACTIVE=NO", row(view, "active").text());
    }

    @Test
    void theTextHasALineForEachWordAndWhatIsPending() {
        after(new FirmwareEvent.FwAck("CSG0", "ack", 0, 0x01));
        ReducedState before = builder.snapshot();
        ReducedState state = after(new FirmwareEvent.FwReq("CSG0", "req", 0, 0x11));
        RegisterView view = RegisterView.of(state, before, CSG0);
        List<RegisterView.Row> seen =
                view.rows().stream().filter(row -> row.value() != null).toList();
        assertEquals(
                """
                   offset  CSG0  value       bits  written by
                *  0x00    req   0x00000011  STATE=START EP_CFG  (host #1)
                   0x00    ack   0x00000001  STATE=START  (firmware #0)
                  req: EP_CFG asked, not acknowledged
                """,
                RegisterText.of(view, seen));
    }

    @Test
    void aStateAskedForAnInterfaceDecodesItsWords() {
        after(new FirmwareEvent.FwAck("CSG0", "ack", 0, 0x01));
        ReducedState state = after(new FirmwareEvent.FwReq("CSG0", "req", 0, 0x11));
        String text = StateText.of(state, null, CSG0.id());
        assertTrue(text.contains("req   0x00000011  STATE=START EP_CFG  (host #1)\n"), text);
        assertTrue(text.endsWith("  req: EP_CFG asked, not acknowledged\n"), text);
        StringWriter json = new StringWriter();
        StateJson.write(state, null, CSG0.id(), json);
        assertTrue(
                json.toString()
                        .contains(
                                "\"fields\":[{\"name\":\"STATE\",\"bits\":\"2:0\",\"raw\":\"0x1\","
                                        + "\"text\":\"START\"},{\"name\":\"EP_CFG\",\"bits\":\"4\","
                                        + "\"raw\":\"0x1\",\"text\":\"set\"}"),
                json.toString());
        assertTrue(
                json.toString().contains("\"pending\":[\"EP_CFG asked, not acknowledged\"]"),
                json.toString());
    }

    @Test
    void blocksAreThoseTheTraceSpeaksOf() {
        after(new FirmwareEvent.AsConfig(1, null, 0));
        after(new FirmwareEvent.FwReq("CSG10", "req", 0, 1));
        after(new FirmwareEvent.FwReq("CSG2.CS1", "req", 0, 1));
        after(new FirmwareEvent.FwReq("CSG2", "req", 0, 1));
        ReducedState state = after(new FirmwareEvent.FwReq("GLB", "req", 0, 1));
        assertEquals(
                List.of("GLB", "CSG2", "CSG10", "CSG2.CS1", "AS 1"),
                RegisterView.blocks(state).stream()
                        .map(RegisterBlock::title)
                        .filter(title -> !title.startsWith("GPU"))
                        .toList());
    }

    private static RegisterView.Row row(RegisterView view, String name) {
        return view.rows().stream()
                .filter(row -> row.word().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ReducedState after(TraceEvent event) {
        new Reducer().apply(builder, builder.position(), EventHeader.at(0, 0), event);
        return builder.snapshot();
    }
}
