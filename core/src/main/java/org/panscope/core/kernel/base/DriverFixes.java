package org.panscope.core.kernel.base;

/// What is mended in the driver; all false is the series as posted. The letters are those of the
/// races and defects that the fix is about.
///
/// @param registerMark R1: a group handle can be used only once the group is on a list
/// @param lockedLookup R6: handles are looked up and referenced under the pool's lock
/// @param resetListLock R2: reset moves groups between lists under the scheduler's lock
/// @param unbindCheck R3: a group that refused to be unbound is not put on a list
/// @param fileRef R7: a group keeps its file alive
/// @param faultUnderLock D1, D2, D3: a doorbell page is inserted under the scheduler's lock, and
///   only while the device is up
/// @param zapOnePage only the group's own doorbell page is zapped
/// @param suspendRecheck R8, D4: suspending stops when a queue has new work
/// @param suspendListByIdle S1: suspended groups go to the list their masks say
/// @param kickPmRef GROUP_KICK holds a power reference while the group has work
/// @param xgsSignalRingsGlb R9: an XGS SIGNAL rings the global doorbell
/// @param xgsCascade R10: an XGS SIGNAL re-evaluates the other XGS queues of the file
/// @param xgsErrorState INHERIT_ERROR_WAIT, error barriers and an error state of XGS queues; R4: a
///   timeout looks whether its job is still in flight
/// @param termWritesSync R16: terminating a group marks the sync objects it owes
/// @param groupStateEventfd `eventfd_group_state` is raised when a group dies
public record DriverFixes(
        boolean registerMark,
        boolean lockedLookup,
        boolean resetListLock,
        boolean unbindCheck,
        boolean fileRef,
        boolean faultUnderLock,
        boolean zapOnePage,
        boolean suspendRecheck,
        boolean suspendListByIdle,
        boolean kickPmRef,
        boolean xgsSignalRingsGlb,
        boolean xgsCascade,
        boolean xgsErrorState,
        boolean termWritesSync,
        boolean groupStateEventfd) {

    /// As posted.
    public static final DriverFixes NONE =
            new DriverFixes(
                    false, false, false, false, false, false, false, false, false, false, false,
                    false, false, false, false);
}
