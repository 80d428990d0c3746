package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.TraceEvent;

/// A place where the live machine and the state reduced from its events are not the same: something
/// changed without saying so, or said so too early or too late.
///
/// @param seq event after which it showed
/// @param event that event
/// @param object object concerned
/// @param belief whose belief, or null when the existence of the object itself differs
/// @param quantity what differs
/// @param live value in the machine, or null when there is none
/// @param reduced value in the state, or null when there is none
public record Difference(
        long seq,
        TraceEvent event,
        ObjectId object,
        @Nullable Belief belief,
        String quantity,
        @Nullable Object live,
        @Nullable Object reduced) {

    /// The same place, whichever values and event.
    public String place() {
        return object.kind() + " " + (belief == null ? "" : belief.label() + " ") + quantity;
    }

    @Override
    public String toString() {
        return "after event #"
                + seq
                + " "
                + event
                + ": object="
                + object
                + (belief == null ? "" : " belief=" + belief.label())
                + " quantity="
                + quantity
                + " live="
                + live
                + " reduced="
                + reduced;
    }
}
