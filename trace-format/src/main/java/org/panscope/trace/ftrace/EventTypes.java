package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The dynamic types of one capture: one for each name and set of fields. What the columns say
/// beyond an event header's fields is appended: `tgid` and the trace instance as `buffer`.
final class EventTypes {
    static final String TGID = "tgid";
    static final String BUFFER = "buffer";

    /// A capture of more kinds of events than any kernel has is damaged; further kinds share one.
    private static final int MAX_TYPES = 16 * 1024;

    private static final EventTypeInfo OVERFLOW =
            EventTypeInfo.dynamic(
                    EventText.UNNAMED,
                    Layer.HOST,
                    List.of(
                            FieldInfo.dynamic("event", FieldKind.TEXT, Unit.NONE, false),
                            FieldInfo.dynamic(FieldSet.PAYLOAD, FieldKind.TEXT, Unit.NONE, false)));

    private final Map<Key, EventTypeInfo> types = new HashMap<>();

    /// The type for these fields, or null when there are too many types already.
    @Nullable EventTypeInfo get(String name, FieldSet fields, boolean tgid, boolean buffer) {
        Key key = new Key(name, fields, tgid, buffer);
        EventTypeInfo type = types.get(key);
        if (type == null && types.size() < MAX_TYPES) {
            type = create(key);
            types.put(key, type);
        }
        return type;
    }

    /// The type of events for which [#get] has none: the name and the payload as fields.
    static EventTypeInfo overflow() {
        return OVERFLOW;
    }

    private static EventTypeInfo create(Key key) {
        List<FieldInfo> fields = new ArrayList<>(key.fields().fields());
        if (key.tgid()) {
            fields.add(FieldInfo.dynamic(unique(fields, TGID), FieldKind.INT, Unit.ID, false));
        }
        if (key.buffer()) {
            fields.add(FieldInfo.dynamic(unique(fields, BUFFER), FieldKind.TEXT, Unit.NONE, false));
        }
        return EventTypeInfo.dynamic(key.name(), layer(key.name(), key.fields().fields()), fields);
    }

    private static String unique(List<FieldInfo> fields, String name) {
        String free = name;
        while (hasField(fields, free)) {
            free = "line_" + free;
        }
        return free;
    }

    private static boolean hasField(List<FieldInfo> fields, String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /// Who an event happened to, by its plain name.
    static Layer layer(String name, List<FieldInfo> fields) {
        if (name.startsWith("dma_fence")
                || (name.startsWith("fence_") && hasField(fields, "seqno"))) {
            return Layer.FENCE;
        }
        if (name.startsWith("drm_sched") || name.equals("drm_run_job")) {
            return Layer.KERNEL;
        }
        boolean panthor = name.equals("gpu_job_irq") || name.equals("gpu_power_status");
        if (panthor && hasField(fields, "dev_name")) {
            return Layer.KERNEL;
        }
        return hasField(fields, "verb") && hasField(fields, "buf") ? Layer.USER : Layer.HOST;
    }

    private record Key(String name, FieldSet fields, boolean tgid, boolean buffer) {}
}
