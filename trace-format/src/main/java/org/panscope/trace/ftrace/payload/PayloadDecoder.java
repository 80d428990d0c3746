package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

/// Takes apart the payloads of one event.
interface PayloadDecoder {
    /// Takes one payload apart.
    ///
    /// @param text what follows the event's name, without the padding between them
    /// @return the fields, or null when the text does not have the shape this decoder knows
    @Nullable Payload decode(String text);

    /// Takes apart the raw form of a payload, in which every field is `name=value`. Tried after all
    /// decoders of the event failed to [#decode] it.
    default @Nullable Payload decodeRaw(String text) {
        return null;
    }
}
