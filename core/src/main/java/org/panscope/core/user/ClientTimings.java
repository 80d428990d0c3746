package org.panscope.core.user;

/// What the operations of a client cost, in virtual nanoseconds. They are the times of an
/// uncontended core of the RK3588 class, rounded; the order of events must not depend on them.
///
/// ASSUMPTION: client.costs: typical figures for stores to uncached and write-combined memory;
/// nobody measured them on a board.
///
/// @param syscallNs entry and exit of a system call, without what the kernel does in it
/// @param ringLineNs one 64-byte line stored into a ring or a command buffer
/// @param storeNs one word stored into a mapped page, with the barrier before it
/// @param loadNs one word loaded from a mapped page, with the barrier before it
/// @param doorbellNs the store to a doorbell page
/// @param pollNs time between two looks at a word that is polled
/// @param patienceNs how long a client that rang a doorbell waits for ACTIVE before it kicks
/// @param jitterNs how much longer any of these may take, drawn each time; 0 draws nothing
public record ClientTimings(
        long syscallNs,
        long ringLineNs,
        long storeNs,
        long loadNs,
        long doorbellNs,
        long pollNs,
        long patienceNs,
        long jitterNs) {

    public static final ClientTimings DEFAULT =
            new ClientTimings(400, 60, 80, 120, 150, 2_000, 20_000, 0);

    public ClientTimings {
        if (syscallNs < 0
                || ringLineNs < 0
                || storeNs < 0
                || loadNs < 0
                || doorbellNs < 0
                || pollNs < 1
                || patienceNs < 0
                || jitterNs < 0) {
            throw new IllegalArgumentException(
                    "client times must not be negative, and pollNs at least 1");
        }
    }
}
