package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.ftrace.payload.Payload;
import org.panscope.trace.perfetto.EventDeclaration.Kind;
import org.panscope.trace.perfetto.PerfettoOutput.Origin;
import org.panscope.trace.quality.DeferredLosses;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Turns ftrace events into events of the trace: those with a message of their own, those the file
/// describes, those that name their fields each time, and text.
final class FtraceDecoder {
    private static final FieldInfo RAW =
            FieldInfo.dynamic("raw", FieldKind.BYTES, Unit.NONE, false);
    private static final int MOST_UNKNOWN = 4096;

    private final FileFacts facts;
    private final PerfettoOutput out;
    private final BinaryShapes shapes = new BinaryShapes();
    private final TextCache texts = new TextCache();
    private final GenericEvents generic = new GenericEvents(shapes, texts);
    private final CpuStates cpus = new CpuStates();

    /// Plans by number, for the numbers of messages that Perfetto has.
    private final @Nullable EventPlan[] common = new @Nullable EventPlan[1024];

    /// Plans of events the file describes.
    private final Map<Integer, EventPlan> plans = new HashMap<>();

    /// Shapes are compared by identity.
    private final Map<FieldSet, EventTypeInfo> textTypes = new HashMap<>();

    private final Map<Integer, EventTypeInfo> unknownTypes = new HashMap<>();
    private final SortedMap<Integer, Long> unknown = new TreeMap<>();
    private final ProtoCursor event = new ProtoCursor();
    private final ProtoCursor message = new ProtoCursor();
    private @Nullable Object[] raw = new @Nullable Object[16];

    FtraceDecoder(FileFacts facts, PerfettoOutput out) {
        this.facts = facts;
        this.out = out;
    }

    CpuStates cpus() {
        return cpus;
    }

    TextCache texts() {
        return texts;
    }

    /// Tells of events nobody could decode.
    void report(DeferredLosses losses) {
        unknown.forEach((number, count) ->
                losses.lost(
                        "unknown-event",
                        count
                                + " ftrace events of kind "
                                + number
                                + " are kept as bytes: this version does not know them",
                        count));
    }

    /// Writes the event a bundle stands on.
    void write(Bundle bundle, long timeNs, int generation) throws IOException {
        int pid = -1;
        int number = 0;
        bundle.event(event);
        while (event.next()) {
            if (event.isNumber()) {
                pid = event.field() == 2 ? event.int32() : pid;
            } else if (number == 0) {
                number = event.field();
                message.on(event);
            }
        }
        if (number == 0) {
            return;
        }
        if (number == FtraceEvents.PRINT) {
            text(timeNs, bundle.cpu(), pid);
            return;
        }
        if (number == FtraceEvents.GENERIC) {
            GenericEvents.Decoded decoded = generic.decode(message);
            out.write(timeNs, origin(bundle.cpu(), pid), decoded.type(), decoded.values());
            return;
        }
        EventPlan plan = plan(number);
        if (plan == null) {
            unknown(bundle, timeNs, pid, number);
            return;
        }
        EventTypeInfo type = plan.type(decode(plan, message, generation));
        learn(number);
        Origin origin = origin(bundle.cpu(), pid);
        out.write(timeNs, origin, type, plan.values(raw));
        learnAfter(number, bundle.cpu());
    }

    /// Writes an event of a message that stands in a packet of its own.
    void writeMessage(int number, ProtoCursor in, long timeNs, int generation) throws IOException {
        EventPlan plan = plan(number);
        if (plan != null) {
            EventTypeInfo type = plan.type(decode(plan, in, generation));
            out.write(timeNs, origin(-1, -1), type, plan.values(raw));
        }
    }

    /// Writes a switch or a waking whose fields a bundle has as columns.
    ///
    /// @param fields one for each field of the event's message
    void writeCompact(int number, long timeNs, int cpu, int pid, @Nullable Object[] fields)
            throws IOException {
        EventPlan plan = plan(number);
        if (plan == null) {
            throw new IllegalStateException("number=" + number);
        }
        raw = Arrays.copyOf(fields, Math.max(fields.length, plan.size()));
        long present = 0;
        for (int i = 0; i < fields.length; i++) {
            present |= fields[i] == null ? 0 : 1L << i;
        }
        EventTypeInfo type = plan.type(present);
        learn(number);
        out.write(timeNs, origin(cpu, pid), type, plan.values(raw));
        learnAfter(number, cpu);
    }

    private Origin origin(int cpu, int pid) {
        return Origin.on(cpu, pid, facts.names.thread(pid));
    }

    private @Nullable EventPlan plan(int number) {
        boolean isCommon = number < common.length;
        EventPlan plan = isCommon ? common[number] : plans.get(number);
        if (plan == null) {
            EventDeclaration declared =
                    number >= FtraceEvents.FIRST_DESCRIBED
                            ? facts.described.get(number)
                            : FtraceEvents.get(number);
            if (declared != null) {
                plan = new EventPlan(declared, shapes);
                if (isCommon) {
                    common[number] = plan;
                } else {
                    plans.put(number, plan);
                }
            }
        }
        return plan;
    }

    /// Reads a message into [#raw].
    ///
    /// @return which fields are there
    private long decode(EventPlan plan, ProtoCursor in, int generation) throws ProtoException {
        if (raw.length < plan.size()) {
            raw = new @Nullable Object[plan.size()];
        }
        Arrays.fill(raw, 0, plan.size(), null);
        long present = 0;
        while (in.next()) {
            int field = plan.fieldOf(in.field());
            if (field >= 0) {
                Object value = value(in, plan.kind(field), raw[field], generation);
                raw[field] = value;
                present |= value == null ? 0 : 1L << field;
            }
        }
        return present;
    }

    private @Nullable Object value(
            ProtoCursor in, Kind kind, @Nullable Object before, int generation)
            throws ProtoException {
        return switch (kind) {
            case SIGNED, UNSIGNED, POINTER -> in.isNumber() ? (Long) in.number() : null;
            case TEXT -> in.isNumber() ? Long.toString(in.number()) : texts.get(in);
            case FUNCTION -> in.isNumber() ? function(in.number(), generation) : texts.get(in);
            case NUMBERS ->
                    in.isNumber()
                            ? (before == null ? "" : before + ",")
                                    + Long.toUnsignedString(in.number())
                            : before;
        };
    }

    private String function(long address, int generation) {
        String symbol = facts.interned.text(generation, Interned.KERNEL_SYMBOLS, address);
        return symbol == null ? "0x" + Long.toHexString(address) : symbol;
    }

    /// A marker, as `trace-cmd report` prints it.
    private void text(long timeNs, int cpu, int pid) throws IOException {
        String buf = "";
        long ip = 0;
        while (message.next()) {
            if (message.field() == 2) {
                buf = message.text();
            } else if (message.field() == 1 && message.isNumber()) {
                ip = message.number();
            }
        }
        String line = buf.endsWith("\n") ? buf.substring(0, buf.length() - 1) : buf;
        marker(
                timeNs,
                origin(cpu, pid),
                ip == 0 ? line : "0x" + Long.toHexString(ip) + ": " + line);
    }

    /// Writes what somebody wrote into the trace.
    void marker(long timeNs, Origin origin, String line) throws IOException {
        Payload payload = shapes.ofText("print", line);
        EventTypeInfo type =
                textTypes.computeIfAbsent(
                        payload.fields(),
                        fields -> TracepointTypes.captured("print", fields.fields()));
        out.write(timeNs, origin, type, payload.values());
    }

    private void unknown(Bundle bundle, long timeNs, int pid, int number) throws IOException {
        int key = unknown.size() < MOST_UNKNOWN || unknown.containsKey(number) ? number : 0;
        unknown.merge(key, 1L, Long::sum);
        EventTypeInfo type =
                unknownTypes.computeIfAbsent(
                        key,
                        missing -> TracepointTypes.captured("unknown_" + missing, List.of(RAW)));
        long from = message.position();
        byte[] bytes = new byte[(int) Math.min(1 << 20, message.end() - from)];
        MemorySegment.copy(bundle.bytes(), ValueLayout.JAVA_BYTE, from, bytes, 0, bytes.length);
        out.write(timeNs, origin(bundle.cpu(), pid), type, new @Nullable Object[] {bytes});
    }

    // ---- names of threads, as events tell them

    private void learn(int number) {
        switch (number) {
            case FtraceEvents.SCHED_SWITCH -> name(raw[1], raw[0]);
            case 17, FtraceEvents.SCHED_WAKING, 114 -> name(raw[1], raw[0]);
            case 236 -> name(raw[0], raw[1]);
            default -> {}
        }
    }

    private void learnAfter(int number, int cpu) {
        switch (number) {
            case FtraceEvents.SCHED_SWITCH -> {
                name(raw[5], raw[4]);
                if (raw[5] instanceof Long pid) {
                    int prio = raw[6] instanceof Long given ? given.intValue() : 0;
                    cpus.runs(cpu, pid.intValue(), prio, raw[4] instanceof String s ? s : null);
                }
            }
            case 235 -> name(raw[0], raw[1]);
            case 236 -> name(raw[0], raw[2]);
            case 239 -> name(raw[3], raw[2]);
            default -> {}
        }
    }

    private void name(@Nullable Object pid, @Nullable Object comm) {
        if (pid instanceof Long number && comm instanceof String text) {
            facts.names.learn(number.intValue(), text);
        }
    }
}
