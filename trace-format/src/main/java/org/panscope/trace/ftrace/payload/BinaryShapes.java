package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.FieldInfo;

import java.util.function.Predicate;

/// The fields that importing the text of an event yields, for a reader that has its fields from a
/// binary record: both imports are to give the same.
public final class BinaryShapes {
    private final PayloadDecoders decoders = new PayloadDecoders();

    /// The first known shape of an event whose fields can all be had.
    ///
    /// @return null for an event without one
    public @Nullable FieldSet shape(String event, Predicate<FieldInfo> available) {
        for (EventFormat format : decoders.formats(event)) {
            if (format.fields().fields().stream().allMatch(available)) {
                return format.fields();
            }
        }
        return null;
    }

    /// What a line of an event that is text says, such as a marker.
    public Payload ofText(String event, String text) {
        return decoders.decode(event, text);
    }

    /// As [#ofText] of `<caller>: <text>`.
    public Payload ofText(String event, String caller, String text) {
        MarkerDecoder markers = decoders.markers(event);
        return markers == null
                ? decoders.decode(event, caller + ": " + text)
                : markers.decode(caller, text);
    }
}
