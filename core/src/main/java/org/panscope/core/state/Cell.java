package org.panscope.core.state;

import org.panscope.trace.schema.Unit;

/// One value somebody believes, and where it comes from. A value never observed has no cell.
///
/// @param value `Long`, `Boolean` or `String`
/// @param unit what a number counts; [Unit#NONE] for everything else
/// @param writtenBy sequence number of the event that set it
public record Cell(Object value, Unit unit, long writtenBy) {

    /// Whether both hold the same value, whoever wrote it.
    public boolean sameValue(Cell other) {
        return value.equals(other.value);
    }
}
