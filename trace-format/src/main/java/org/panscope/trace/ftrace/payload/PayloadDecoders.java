package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.FieldInfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every decoder, by the name of the event it is for. An event without one, or whose payload has a
/// shape its decoders do not know, is split at its `key=value` pairs.
public final class PayloadDecoders {
    /// Events whose payload is free text, which may hold line breaks.
    private static final Set<String> MULTI_LINE =
            Set.of(
                    "print",
                    "tracing_mark_write",
                    "bprint",
                    "bputs",
                    "console",
                    "kernel_stack",
                    "user_stack");

    private final Map<String, List<PayloadDecoder>> byName = new HashMap<>();
    private final KeyValueDecoder generic;

    public PayloadDecoders() {
        FieldSetPool pool = new FieldSetPool();
        generic = new KeyValueDecoder(pool);
        add("tracing_mark_write", new MarkerDecoder(pool, false));
        for (String name : List.of("print", "bprint", "bputs")) {
            add(name, new MarkerDecoder(pool, true));
        }
        FenceEvents.register(this);
        GpuSchedulerEvents.register(this);
        GpuDeviceEvents.register(this);
        CpuSchedulerEvents.register(this);
        InterruptEvents.register(this);
        WorkqueueEvents.register(this);
        PowerEvents.register(this);
        DisplayEvents.register(this);
        SyscallEvents.register(this);
        add("function", EventFormat.of("ip:word parent_ip:word").spelled("${ip} <-${parent_ip}"));
    }

    /// Adds a decoder, to be tried after those the event already has.
    void add(String eventName, PayloadDecoder decoder) {
        byName.computeIfAbsent(eventName, name -> new ArrayList<>()).add(decoder);
    }

    /// The format of an event by its name, the first registered where there are several, or null
    /// when there is none.
    @Nullable EventFormat format(String eventName) {
        for (PayloadDecoder decoder : byName.getOrDefault(eventName, List.of())) {
            if (decoder instanceof EventFormat format) {
                return format;
            }
        }
        return null;
    }

    /// The format of an event that has these fields, perhaps with more behind them, or null.
    @Nullable EventFormat format(String eventName, List<FieldInfo> fields) {
        for (PayloadDecoder decoder : byName.getOrDefault(eventName, List.of())) {
            if (decoder instanceof EventFormat format && startsWith(fields, format.fields())) {
                return format;
            }
        }
        return null;
    }

    /// The decoder of an event that is text, or null for any other event.
    @Nullable MarkerDecoder markers(String eventName) {
        List<PayloadDecoder> own = byName.getOrDefault(eventName, List.of());
        return !own.isEmpty() && own.getFirst() instanceof MarkerDecoder markers ? markers : null;
    }

    /// Every format of an event.
    List<EventFormat> formats(String eventName) {
        List<EventFormat> formats = new ArrayList<>();
        for (PayloadDecoder decoder : byName.getOrDefault(eventName, List.of())) {
            if (decoder instanceof EventFormat format) {
                formats.add(format);
            }
        }
        return formats;
    }

    private static boolean startsWith(List<FieldInfo> fields, FieldSet beginning) {
        return fields.size() >= beginning.size()
                && fields.subList(0, beginning.size()).equals(beginning.fields());
    }

    /// Whether a line that is no event may be the rest of this event's text.
    public static boolean mayContinue(String eventName) {
        return MULTI_LINE.contains(eventName);
    }

    /// Takes the payload apart; what no decoder understands stays text, nothing is lost.
    public Payload decode(String eventName, String text) {
        List<PayloadDecoder> own = byName.getOrDefault(eventName, List.of());
        for (PayloadDecoder decoder : own) {
            Payload payload = decoder.decode(text);
            if (payload != null) {
                return payload;
            }
        }
        for (PayloadDecoder decoder : own) {
            Payload payload = decoder.decodeRaw(text);
            if (payload != null) {
                return payload;
            }
        }
        return text.isEmpty() ? Payload.EMPTY : generic.decode(text);
    }
}
