package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads what the fields of an event stand for: instruction words with their operands, interface
/// words bit by bit, sync objects with their value at the cursor, scoreboard masks, exception
/// types.
public final class EventReader {
    /// Words of a store that are told one by one.
    private static final int MAX_WORDS = 64;

    /// Events after an instruction that are looked at for what it caused.
    private static final int MAX_EVENTS_SEARCHED = 256;

    private final TraceArchitecture architecture;

    /// @param architecture of the trace
    public EventReader(TraceArchitecture architecture) {
        this.architecture = architecture;
    }

    /// One thing read.
    ///
    /// @param name a field, an operand, `reads`, `sync object`
    /// @param value what it holds
    /// @param meaning what that says
    public record Row(String name, String value, String meaning) {}

    /// What an event says beyond its fields; empty for one that says nothing more.
    ///
    /// @param state the state after the event, or null while that is not known
    public List<Row> rows(Event event, @Nullable MachineState state) {
        TraceEvent record = event.record();
        return switch (record) {
            case FirmwareEvent firmware -> firmware(firmware, state);
            case SyncEvent sync -> sync(sync, state);
            case UserEvent.RingWrite write -> words(write.at(), write.data());
            case MemoryEvent.MemWrite write -> code(write, state);
            case SchedEvent.CsStatus status -> status(status, state);
            case null, default -> List.of();
        };
    }

    /// As [#rows(Event, MachineState)], and for an executed instruction the sync objects that
    /// events it caused tell of.
    public List<Row> rows(Trace trace, Event event, @Nullable MachineState state) {
        List<Row> rows = new ArrayList<>(rows(event, state));
        if (event.record() instanceof FirmwareEvent.CsInstr) {
            long end = Math.min(trace.eventCount(), event.seq() + 1 + MAX_EVENTS_SEARCHED);
            for (long seq = event.seq() + 1; seq < end; seq++) {
                if (trace.cause(seq) == event.seq()) {
                    caused(rows, trace.event(seq));
                }
            }
        }
        return rows;
    }

    private static void caused(List<Row> rows, Event event) {
        switch (event.record()) {
            case SyncEvent.SyncMem write ->
                    rows.add(
                            new Row(
                                    "writes",
                                    ObjectId.sync(write.vmId(), write.va())
                                            + " = "
                                            + Long.toUnsignedString(write.newValue()),
                                    "event #" + event.seq()));
            case SyncEvent.SyncWaitEval eval ->
                    rows.add(
                            new Row(
                                    "compares",
                                    ValueText.hex(eval.va())
                                            + ": "
                                            + Long.toUnsignedString(eval.value())
                                            + (eval.gt() ? " > " : " <= ")
                                            + Long.toUnsignedString(eval.ref()),
                                    "event #" + event.seq()));
            case null, default -> {}
        }
    }

    private List<Row> firmware(FirmwareEvent event, @Nullable MachineState state) {
        RegisterCatalog catalog =
                state == null ? RegisterCatalog.standard() : RegisterView.catalog(state);
        return switch (event) {
            case FirmwareEvent.CsInstr instr ->
                    new InstructionReader(architecture.isa()).rows(instr, state);
            case FirmwareEvent.FwReq req ->
                    changed(
                            catalog,
                            req.block(),
                            req.word(),
                            req.oldValue(),
                            req.newValue(),
                            state);
            case FirmwareEvent.FwAck ack ->
                    changed(
                            catalog,
                            ack.block(),
                            ack.word(),
                            ack.oldValue(),
                            ack.newValue(),
                            state);
            case FirmwareEvent.FwWrite write ->
                    fields(catalog.lookup(write.block(), write.word()), write.value());
            case FirmwareEvent.RegWrite write ->
                    fields(catalog.register(write.name()), write.value());
            case FirmwareEvent.Irq irq ->
                    fields(
                            catalog.lookup(
                                    RegisterKind.GPU,
                                    irq.line().label().toUpperCase(Locale.ROOT) + "_INT_RAWSTAT"),
                            irq.status());
            case FirmwareEvent.Fault fault ->
                    List.of(new Row("exception", ExceptionCode.text(fault.exception()), "type"));
            case FirmwareEvent.FwCs cs -> stream(cs, state);
            case FirmwareEvent.FwDoorbellScan scan ->
                    List.of(
                            new Row(
                                    "CSGs",
                                    orNone(WordReader.slots((int) scan.csgMask())),
                                    "with a request pending"));
            default -> List.of();
        };
    }

    /// Fields of a request or acknowledge that changed, and what is pending after it.
    private static List<Row> changed(
            RegisterCatalog catalog,
            String block,
            String name,
            long before,
            long now,
            @Nullable MachineState state) {
        RegisterWord word = catalog.lookup(block, name);
        if (word == null) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        for (BitField field : word.fields()) {
            if (field.differs(now, before)) {
                rows.add(
                        new Row(
                                field.name(),
                                field.text(field.get(before)) + " → " + field.text(field.get(now)),
                                ValueText.bits(field.bits()) + ": " + field.doc()));
            }
        }
        rows.add(new Row(name + " now", word.text(now), word.doc()));
        RegisterBlock parsed = RegisterBlock.ofInterface(block);
        if (state != null && parsed != null) {
            RegisterView.of(state, null, parsed).rows().stream()
                    .filter(row -> row.word().equals(word))
                    .flatMap(row -> row.pending().stream())
                    .forEach(pending ->
                            rows.add(new Row("pending", pending.field(), pending.text())));
        }
        return rows;
    }

    private static List<Row> fields(@Nullable RegisterWord word, long value) {
        List<Row> rows = new ArrayList<>();
        if (word != null) {
            for (DecodedField field : word.decode(value)) {
                rows.add(
                        new Row(
                                field.name(),
                                field.text(),
                                ValueText.bits(field.bits())
                                        + " = "
                                        + ValueText.hex(field.raw())
                                        + ": "
                                        + field.doc()));
            }
        }
        return rows;
    }

    private List<Row> stream(FirmwareEvent.FwCs cs, @Nullable MachineState state) {
        List<Row> rows = new ArrayList<>();
        Integer reason = cs.blockedReason();
        if (reason != null) {
            rows.add(new Row("blocked", reason(reason), "why the stream does not go on"));
        }
        ObjectId queue = state == null ? null : QueueBinding.queueOn(state, cs.csg(), cs.cs());
        condition(rows, cs.waitVa(), cs.waitRef(), cs.waitGt(), queue, state);
        return rows;
    }

    private List<Row> status(SchedEvent.CsStatus status, @Nullable MachineState state) {
        List<Row> rows = new ArrayList<>();
        Integer reason = status.blockedReason();
        if (reason != null) {
            rows.add(new Row("blocked", reason(reason), "as the firmware told it"));
        }
        Long scoreboards = status.scoreboards();
        if (scoreboards != null) {
            rows.add(
                    new Row(
                            "slots in use",
                            orNone(WordReader.slots(scoreboards.intValue())),
                            "scoreboard slots that are not zero"));
        }
        ObjectId queue = ObjectId.queue(status.gid(), status.queue());
        condition(rows, status.waitVa(), status.waitRef(), status.waitGt(), queue, state);
        return rows;
    }

    /// What a stream waits for, and what is there now.
    private void condition(
            List<Row> rows,
            @Nullable Long va,
            @Nullable Long reference,
            @Nullable Boolean greater,
            @Nullable ObjectId queue,
            @Nullable MachineState state) {
        if (va == null || va == 0) {
            return;
        }
        String wanted =
                reference == null || greater == null
                        ? ""
                        : "waits for a value "
                                + (greater ? "> " : "<= ")
                                + Long.toUnsignedString(reference);
        rows.add(new Row("sync object", object(va, queue, state), wanted));
    }

    private String object(long va, @Nullable ObjectId queue, @Nullable MachineState state) {
        return state == null || queue == null
                ? ValueText.hex(va)
                : new WordReader(architecture.isa(), state, queue).sync("", va).text();
    }

    private static String reason(long number) {
        RegisterWord word =
                RegisterCatalog.standard().lookup(RegisterKind.CS, "status_blocked_reason");
        return word == null ? Long.toString(number) : word.fields().getFirst().text(number);
    }

    private List<Row> sync(SyncEvent event, @Nullable MachineState state) {
        return switch (event) {
            case SyncEvent.SyncMem write ->
                    SyncText.rows(ObjectId.sync(write.vmId(), write.va()), state);
            case SyncEvent.SyncWaitEval eval -> {
                List<Row> rows = new ArrayList<>();
                rows.add(
                        new Row(
                                "condition",
                                Long.toUnsignedString(eval.value())
                                        + (eval.gt() ? " > " : " <= ")
                                        + Long.toUnsignedString(eval.ref()),
                                eval.satisfied() ? "satisfied" : "not satisfied: goes on waiting"));
                Integer vm = eval.vmId();
                if (vm != null) {
                    rows.addAll(SyncText.rows(ObjectId.sync(vm, eval.va()), state));
                }
                yield rows;
            }
        };
    }

    private List<Row> words(long at, byte @Nullable [] data) {
        return data == null
                ? List.of()
                : new InstructionReader(architecture.isa()).words(at, data, MAX_WORDS);
    }

    /// Bytes stored where code is called from are not told apart from others: they are read as
    /// instructions only when a stream is known to execute them.
    private List<Row> code(MemoryEvent.MemWrite write, @Nullable MachineState state) {
        return state != null && QueueBinding.isRing(state, write.bo())
                ? words(write.offset(), write.data())
                : List.of();
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
