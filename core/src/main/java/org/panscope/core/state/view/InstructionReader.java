package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Disassembler;
import org.panscope.core.isa.InstructionUse;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.OperandField;
import org.panscope.core.isa.OperandValue;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.EventReader.Row;
import org.panscope.trace.event.FirmwareEvent.CsInstr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Instruction words as rows of an inspector.
final class InstructionReader {
    /// Words of the ring around the place of work that are enough to find an instruction again.
    private static final int MARGIN_WORDS = 8;

    private final Isa isa;

    InstructionReader(Isa isa) {
        this.isa = isa;
    }

    /// An executed instruction: text, operands, registers with what is known of them, sync object.
    List<Row> rows(CsInstr instr, @Nullable MachineState state) {
        WordReading reading = reading(instr, state);
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("instruction", reading.text(), "disassembly"));
        for (OperandValue operand : reading.use().instruction().operands()) {
            OperandField field = operand.field();
            rows.add(
                    new Row(
                            "  " + field.name(),
                            operand.text(),
                            ValueText.bits(ValueText.range(field.high(), field.low()))
                                    + " = "
                                    + ValueText.hex(
                                            operand.value() & (-1L >>> (64 - field.width())))));
        }
        if (reading.use().reservedBits() != 0) {
            rows.add(
                    new Row(
                            "  reserved",
                            ValueText.hex(reading.use().reservedBits()),
                            "bits that belong to no field"));
        }
        add(rows, "reads", reading.reads(), "registers, with values the stream made itself");
        add(rows, "writes", reading.writes(), "registers");
        SyncReference sync = reading.sync();
        if (sync != null) {
            rows.add(
                    new Row(
                            "sync object",
                            sync.text(),
                            sync.object() == null ? "" : sync.object() + ", value at the cursor"));
        }
        add(rows, "scoreboard", reading.scoreboard(), "slots it waits for and holds");
        WordReading.CallTarget call = reading.call();
        add(rows, "enters", call == null ? "" : call.text(), "buffer");
        if (reading.use().blocking() != InstructionUse.Blocking.NONE) {
            rows.add(new Row("may block on", reading.use().blocking().name(), ""));
        }
        return rows;
    }

    private static void add(List<Row> rows, String name, String value, String meaning) {
        if (!value.isEmpty()) {
            rows.add(new Row(name, value, meaning));
        }
    }

    /// The word as it stands in the stream when it is found there, else on its own.
    private WordReading reading(CsInstr instr, @Nullable MachineState state) {
        ObjectId queue =
                state == null ? null : QueueBinding.queueOn(state, instr.csg(), instr.cs());
        RingView ring =
                state == null || queue == null
                        ? null
                        : RingView.around(state, queue, MARGIN_WORDS, isa);
        StreamRow row = ring == null ? null : ring.currentRow();
        WordReading placed =
                row != null
                                && Objects.equals(row.word(), instr.word())
                                && Objects.equals(row.address(), instr.pc())
                        ? row.reading()
                        : null;
        return placed != null
                ? placed
                : WordReader.alone(isa).read(instr.word(), new ConstantRegisters(isa));
    }

    /// Stored words one by one, with what is left out at the end.
    List<Row> words(long at, byte[] data, int most) {
        Disassembler disassembler = new Disassembler(isa);
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        List<Row> rows = new ArrayList<>();
        int count = data.length / Long.BYTES;
        for (int i = 0; i < Math.min(count, most); i++) {
            long word = bytes.getLong();
            rows.add(
                    new Row(
                            ValueText.hex(at + (long) i * Long.BYTES),
                            ValueText.word(word),
                            disassembler.annotatedTextOf(word)));
        }
        if (count > most) {
            rows.add(new Row("…", (count - most) + " more words", ""));
        }
        return rows;
    }
}
