package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

/// Takes apart the payloads of one event.
@FunctionalInterface
interface PayloadDecoder {
    /// Takes one payload apart.
    ///
    /// @param text what follows the event's name, without the padding between them
    /// @return the fields, or null when the text does not have the shape this decoder knows
    @Nullable Payload decode(String text);
}
