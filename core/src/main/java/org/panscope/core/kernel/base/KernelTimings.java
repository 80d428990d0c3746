package org.panscope.core.kernel.base;

/// How long the driver takes for what it does, and the periods it is built with; all in virtual ns.
///
/// The periods and time limits are the driver's. How long code runs is an ASSUMPTION: kernel.costs:
/// plausible for a 2 GHz core; only order and overlap depend on it.
///
/// @param ioctlNs entering the kernel, copying the argument struct
/// @param createStepNs each step of creating a group: room for somebody else to get in between
/// @param bufferNs making a buffer object or mapping one
/// @param faultReadNs page fault up to reading the doorbell id
/// @param faultInsertNs from there to the page being inserted
/// @param workLatencyNs from queueing a work item to its start
/// @param irqThreadNs from the hard interrupt handler to the interrupt thread
/// @param irqHandlerNs the interrupt thread's work
/// @param listMoveNs moving a group between lists, taking a decision
/// @param registerNs an access to a register or to uncached shared memory
/// @param ringWriteNs copying a job into the ring
/// @param powerStepNs each step of resuming or suspending the device
/// @param tickPeriodNs `tick_period`
/// @param ackTimeoutNs how long the driver waits for a CSG request
/// @param bootTimeoutNs how long it waits for the firmware to boot
/// @param haltTimeoutNs how long it waits for the firmware to halt
/// @param pollNs period of polling a register
/// @param autosuspendNs device idle time before it is suspended
/// @param jobTimeoutNs limit for a job at the head of its queue
/// @param jitterNs how much longer a step of driver code may take, drawn each time; 0 draws nothing
/// @param workLatencyMaxNs most time from queueing a work item to its start; below the least, the
///   least
/// @param lookupNs from finding what a handle stands for to taking a reference on it
/// @param pingPeriodNs how often the firmware is asked whether it lives
/// @param flushTimeoutNs how long the driver waits for a cache flush or a soft reset
/// @param asTimeoutNs how long it waits for an address space to be ready
public record KernelTimings(
        long ioctlNs,
        long createStepNs,
        long bufferNs,
        long faultReadNs,
        long faultInsertNs,
        long workLatencyNs,
        long irqThreadNs,
        long irqHandlerNs,
        long listMoveNs,
        long registerNs,
        long ringWriteNs,
        long powerStepNs,
        long tickPeriodNs,
        long ackTimeoutNs,
        long bootTimeoutNs,
        long haltTimeoutNs,
        long pollNs,
        long autosuspendNs,
        long jobTimeoutNs,
        long jitterNs,
        long workLatencyMaxNs,
        long lookupNs,
        long pingPeriodNs,
        long flushTimeoutNs,
        long asTimeoutNs) {

    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    public static KernelTimings defaults() {
        return new KernelTimings(
                500,
                400,
                2 * US,
                600,
                400,
                5 * US,
                3 * US,
                US,
                100,
                150,
                300,
                20 * US,
                10 * MS,
                100 * MS,
                1000 * MS,
                100 * MS,
                10 * US,
                50 * MS,
                5000 * MS,
                0,
                5 * US,
                20,
                12_000 * MS,
                100 * MS,
                100 * MS);
    }
}
