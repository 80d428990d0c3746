package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.Fields;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which handlers see which event type. A rule registers for a type's name; when a trace has a type
/// of that name, the rule looks its fields up once and gives back the handler.
final class Rules {
    private final Map<String, List<Function<Fields, Handler>>> byName = new LinkedHashMap<>();

    /// All rules there are, for one build.
    ///
    /// @param pairs what pairs the events of a capture; null for an emulated run, whose fences,
    ///   jobs and work items are known from the vocabulary, and tracepoints beside it say nothing
    ///   more of them
    static Rules all(Build build, @Nullable CapturePairRules pairs) {
        Rules rules = new Rules();
        ThreadRules.register(rules, build);
        GroupRules.register(rules, build);
        SlotRules.register(rules, build);
        QueueRules.register(rules, build);
        JobRules.register(rules, build);
        XgsRules.register(rules, build);
        SchedulerRules.register(rules, build);
        StreamRules.register(rules, build);
        FirmwareRules.register(rules, build);
        InterfaceRules.register(rules, build);
        RegisterRules.register(rules, build);
        EndpointRules.register(rules, build);
        HeapRules.register(rules, build);
        FenceRules.register(rules, build);
        SyncRules.register(rules, build);
        MarkRules.register(rules, build);
        CaptureCpuRules.register(rules, build);
        if (pairs != null) {
            pairs.register(rules);
            CaptureGpuRules.register(rules, build);
            InterruptThreadRules.register(rules, build);
            CaptureMarkerRules.register(rules, build);
        }
        return rules;
    }

    /// @param typeName name of the type, for dynamic types without the system in front
    void on(String typeName, Function<Fields, Handler> rule) {
        byName.computeIfAbsent(typeName, name -> new ArrayList<>()).add(rule);
    }

    /// The handler of a type, or null when no rule knows it.
    @Nullable Handler bind(EventTypeInfo type) {
        String name = type.name().substring(type.name().indexOf(':') + 1);
        List<Function<Fields, Handler>> rules = byName.get(name);
        if (rules == null) {
            return null;
        }
        Fields fields = new Fields(type);
        List<Handler> handlers = rules.stream().map(rule -> rule.apply(fields)).toList();
        if (handlers.size() == 1) {
            return handlers.getFirst();
        }
        return event -> {
            for (Handler handler : handlers) {
                handler.on(event);
            }
        };
    }
}
