package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// One arrangement of the columns before the event's name.
interface LineLayout {
    /// The head, or null when the line does not have this arrangement.
    @Nullable LineHead parse(String line);
}
