package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;

/// A `panthor_csg_slot`: one of the firmware's group interfaces and who has it.
public final class CsgSlot {
    private final int index;
    private @Nullable Group group;
    private int priority;
    private boolean idle;

    CsgSlot(int index) {
        this.index = index;
    }

    public int index() {
        return index;
    }

    public @Nullable Group group() {
        return group;
    }

    void setGroup(@Nullable Group occupant) {
        group = occupant;
    }

    /// Priority the firmware was told, 15 highest.
    public int priority() {
        return priority;
    }

    void setPriority(int newPriority) {
        priority = newPriority;
    }

    /// What the firmware last said; a new occupant inherits it until the next status update.
    public boolean isIdle() {
        return idle;
    }

    void setIdle(boolean nowIdle) {
        idle = nowIdle;
    }
}
