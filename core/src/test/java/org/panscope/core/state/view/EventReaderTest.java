package org.panscope.core.state.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateBuilder;
import org.panscope.core.state.view.EventReader.Row;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeMap;

class EventReaderTest {
    private static final long RING_VA = 0x10_0000;
    private final StateBuilder builder = new StateBuilder();
    private final EventReader reader = new EventReader(TraceArchitecture.ASSUMED);

    @Test
    void anInstructionIsReadOperandByOperand() {
        long word = new Assembler(Isa.v10()).word("SYNC_ADD64.system [d66], d68, #5, #3");
        List<Row> rows = rows(new FirmwareEvent.CsInstr(0, 0, 0x1000, word, 0));
        assertEquals("SYNC_ADD64.system [d66], d68, #5, #3", value(rows, "instruction"));
        assertEquals("bits 31:16 = 0x5", meaning(rows, "  waitMask"));
        assertEquals("bit 0 = 0x0", meaning(rows, "  errorPropagate"));
        assertEquals("d66 d68", value(rows, "reads"));
        assertEquals("d66?", value(rows, "sync object"));
        assertEquals("wait 0,2 · signal 3", value(rows, "scoreboard"));
    }

    @Test
    void anInstructionFoundInItsRingHasTheValuesTheStreamMade() {
        queue();
        byte[] code = code("MOVE48 d66, #0x200000", "SYNC_ADD64.system [d66], d68, #0, #0");
        rows(new UserEvent.RingWrite(3, 0, 0, code.length, code, UserEvent.Writer.USER));
        rows(new UserEvent.InsertWrite(3, 0, null, code.length, UserEvent.Writer.USER));
        rows(
                new FirmwareEvent.FwCs(
                        0,
                        0,
                        FirmwareEvent.CsStep.EXTRACT,
                        (long) code.length,
                        8L,
                        true,
                        RING_VA,
                        null,
                        null,
                        null,
                        null,
                        null));
        long word = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
        List<Row> rows = rows(new FirmwareEvent.CsInstr(0, 0, RING_VA + 8, word, 0));
        assertEquals("0x200000", value(rows, "sync object"));
        assertEquals("d66=0x200000 d68", value(rows, "reads"));
    }

    @Test
    void storedWordsAreReadOneByOneAndManyAreCutShort() {
        byte[] code = code("MOVE32 r70, #0x10", "WAIT #1");
        List<Row> rows = rows(new UserEvent.RingWrite(3, 0, 64, 16, code, UserEvent.Writer.USER));
        assertEquals(new Row("0x40", "0246000000000010", "MOVE32 r70, #0x10"), rows.getFirst());
        assertEquals("WAIT #1", meaning(rows, "0x48"));
        List<Row> many =
                rows(new UserEvent.RingWrite(3, 0, 0, 4096, new byte[4096], UserEvent.Writer.USER));
        assertEquals(65, many.size());
        assertEquals("448 more words", many.getLast().value());
    }

    @Test
    void aRequestTellsWhatChangedAndWhatIsPending() {
        rows(new FirmwareEvent.FwAck("CSG0", "ack", 0, 1));
        List<Row> rows = rows(new FirmwareEvent.FwReq("CSG0", "req", 0x11, 0x32));
        assertEquals("START → SUSPEND", value(rows, "STATE"));
        assertEquals("clear → set", value(rows, "STATUS_UPDATE"));
        assertEquals("STATE SUSPEND wanted, START reached", meaning(rows, "pending"));
        assertTrue(rows.stream().noneMatch(row -> row.name().equals("SYNC_UPDATE")));
    }

    @Test
    void aSyncObjectIsToldWithItsValueAtTheCursor() {
        List<Row> rows =
                rows(
                        new SyncEvent.SyncMem(
                                1,
                                0x2000,
                                8,
                                0L,
                                7,
                                0,
                                0,
                                SyncEvent.SyncWriter.GPU,
                                null,
                                null,
                                null,
                                null));
        assertEquals("sync:1@0x2000", value(rows, "sync object"));
        assertEquals("7", value(rows, "value now"));
        assertEquals("0x0", value(rows, "error now"));
        List<Row> wait =
                rows(
                        new SyncEvent.SyncWaitEval(
                                1,
                                0x2000,
                                7,
                                8,
                                true,
                                false,
                                SyncEvent.Evaluator.FIRMWARE,
                                null,
                                null));
        assertEquals("7 > 8", value(wait, "condition"));
        assertEquals("not satisfied: goes on waiting", meaning(wait, "condition"));
    }

    @Test
    void reasonsSlotsAndFaultsHaveNames() {
        List<Row> status =
                rows(
                        new SchedEvent.CsStatus(
                                3, 0, 3, 64, 8, 0b101L, 0x2000L, 8L, true, true, false, true));
        assertEquals("SYNC_WAIT", value(status, "blocked"));
        assertEquals("0,2", value(status, "slots in use"));
        assertEquals("waits for a value > 8", meaning(status, "sync object"));
        List<Row> fault =
                rows(
                        new FirmwareEvent.Fault(
                                FirmwareEvent.FaultKind.CS_FATAL, 0, 0, null, 0x49, 0, 0));
        assertEquals("CS_INSTR_INVALID (0x49)", value(fault, "exception"));
        List<Row> irq =
                rows(
                        new FirmwareEvent.Irq(
                                FirmwareEvent.IrqLine.JOB,
                                FirmwareEvent.IrqStep.RAISE,
                                0x8000_0002L));
        assertEquals("set", value(irq, "GLB"));
        assertEquals("0x2", value(irq, "CSG"));
    }

    @Test
    void theArchitectureIsThatOfTheHeader() {
        assertEquals("v10 assumed", TraceArchitecture.of(header(null)).toString());
        assertEquals("v12", TraceArchitecture.of(header("0xc8670005")).toString());
        assertEquals("v10", TraceArchitecture.of(header("2825322501")).toString());
        assertEquals("v10 assumed", TraceArchitecture.of(header("0x60000000")).toString());
        assertEquals("v10 assumed", TraceArchitecture.of(header("nonsense")).toString());
    }

    private static TraceHeader header(@Nullable String gpuId) {
        TreeMap<String, String> attributes = new TreeMap<>();
        if (gpuId != null) {
            attributes.put("gpu.id", gpuId);
        }
        return new TraceHeader("emulator", "test", "virtual", 0, "test", attributes);
    }

    private void queue() {
        rows(new MemoryEvent.BoCreate(1, null, null, 4096, "ring"));
        rows(new MemoryEvent.BoCreate(2, null, null, 8192, "io"));
        rows(
                new KernelEvent.GroupCreateStep(
                        3, 1, KernelEvent.CreateStep.ALLOC, 1, 1, true, 1, 1, false));
        rows(
                new KernelEvent.QueueCreated(
                        3, 0, 0, RING_VA, 4096, 1, 2, 0L, 0L, 24L, null, null, null, null));
        rows(new SchedEvent.Bind(3, 0, 1, 1, 0));
    }

    private static byte[] code(String... lines) {
        ByteBuffer words =
                ByteBuffer.allocate(lines.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Assembler assembler = new Assembler(Isa.v10());
        for (String line : lines) {
            words.putLong(assembler.word(line));
        }
        return words.array();
    }

    /// Applies an event and reads it at the cursor behind it.
    private List<Row> rows(TraceEvent event) {
        EventHeader header = EventHeader.at(0, 0);
        long seq = builder.position();
        new Reducer().apply(builder, seq, header, event);
        RecordType type = Vocabulary.get().of(event.getClass());
        return reader.rows(
                new Event(seq, header, type.info(), type.values(event)), builder.snapshot());
    }

    private static String value(List<Row> rows, String name) {
        return find(rows, name).value();
    }

    private static String meaning(List<Row> rows, String name) {
        return find(rows, name).meaning();
    }

    private static Row find(List<Row> rows, String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + rows));
    }
}
