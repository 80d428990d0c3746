package org.panscope.core.kernel.sched;

import java.util.List;

/// Where the scheduler of v6.11 and the one of 2026 decide differently.
///
/// kernel: panthor_sched.c
interface SchedPolicy {
    /// Whether a tick may move everybody, and not only let realtime groups in.
    boolean isFullTick(long nowNs);

    /// Where a group that is on a slot goes among those of its priority that are, too.
    ///
    /// @param others in the order they have
    /// @return position
    int placeAmongOld(List<Group> others, CsgSlot slot, boolean fullTick);

    /// Picks the groups of a priority that have work, in the order in which they get priorities.
    void pickBusy(TickPicks picks, int priority);

    /// Whether ticks go on after this one.
    boolean keepsTicking(TickPicks picks);

    /// `group_is_idle`.
    boolean isIdle(Group group);

    /// `sched_resume_tick`: ticks were off, and the next is due after `delayNs`.
    void queueResumedTick(long delayNs);

    /// REQ bits a stream is started with.
    int streamStart();

    /// A job was written into the ring of a queue on slot; the doorbell follows.
    void jobOnSlot(Group group, Queue queue);

    /// Whether a group that cannot be bound is noticed.
    boolean checksBinding();

    /// Whether the streams of a group that does not answer its termination are given up too.
    boolean resetsUnansweringStreams();

    /// What limits the time of a queue's jobs.
    QueueTimeout timeout(Group group, Queue queue);
}
