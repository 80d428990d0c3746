package org.panscope.core.kernel.base;

import java.util.SortedMap;
import java.util.TreeMap;

/// Choices of the emulated driver and its clients that no parameter changes. An `ASSUMPTION:`
/// comment in the code names the one it makes.
public final class KernelAssumptions {
    private static final SortedMap<String, String> ALL = new TreeMap<>();

    static {
        known(
                "kernel.arch_timer",
                "the CPU's counter runs at 24 MHz, which is what TIMESTAMP_INFO tells as the GPU's"
                        + " rate too [I: as on an RK3588, whatever gpu.timestamp_hz is]");
        known(
                "kernel.costs",
                "how long driver code runs is plausible for a 2 GHz core; only order and overlap"
                        + " depend on it [I: periods and time limits are the driver's own]");
        known(
                "kernel.heap_memory",
                "the tiler heaps of an address space get 256 MiB at most, then -ENOMEM [I: the"
                        + " kernel's limit is the allocator's]");
        known(
                "kernel.huge_pages",
                "whole 2 MiB pieces of a buffer object are contiguous in physical memory, as with"
                        + " transparent huge pages, so that 2 MiB blocks are mapped where alignment"
                        + " allows [I: shmem gives such pages only when told to]");
        known(
                "kernel.largest_cache_line",
                "tiler heap contexts are never further apart than 4096 bytes, whatever L2_FEATURES"
                        + " says [I: no GPU has longer cache lines]");
        known(
                "kernel.largest_array",
                "an ioctl array larger than 64 MiB fails with -ENOMEM [I: the kernel's limit is the"
                        + " allocator's]");
        known(
                "kernel.largest_object",
                "a buffer object larger than 1 GiB fails with -ENOMEM [I: a limit of the"
                        + " emulated machine]");
        known(
                "kernel.oops",
                "an oops is recorded, and the thread goes on as if a load had read 0 and a store"
                        + " had not happened [I: a real one loses the thread, with the locks it"
                        + " holds]");
        known(
                "kernel.freed_memory",
                "what is freed and still used keeps its contents until that use ends [I: as with an"
                        + " allocator that clears and poisons nothing]");
        known(
                "kernel.uninitialised",
                "a variable nobody wrote is 0 or the low half of a kernel pointer; choice"
                        + " `kernel.uninitialised` says which [I]");
        known(
                "kernel.cpus",
                "tracepoints name CPUs: a thread goes back to the one it ran on last if that is"
                        + " free, else to the first free one behind CPU 0; 8 as on an RK3588, and"
                        + " more when more threads run at once, since none ever waits for a CPU;"
                        + " interrupts and timers come to CPU 0 [I: as without irqbalance]");
        known(
                "kernel.irq_numbers",
                "tracepoints number the GPU's interrupts 105 (gpu), 106 (mmu), 107 (job) [I: Linux"
                        + " hands numbers out at boot; panthor asks in that order]");
        known(
                "kernel.pointers",
                "what tracepoints print for kernel addresses is made of the object's own numbers;"
                        + " an address is never reused [I: the kernel hashes them with a secret]");
        known(
                "kernel.code_offsets",
                "the offset in rpm_return_int's caller is made up [I: it depends on the compiler]");
        known(
                "kernel.nr_cpus",
                "a work item queued for any CPU asks for CPU 512, the default NR_CPUS of arm64 [I:"
                        + " a build option]");
        known(
                "client.argument_va",
                "argument structs of ioctls lie at one address of the caller's stack, which only"
                        + " the tracepoint sys_enter shows [I]");
        known(
                "kernel.shrinker",
                "with param.memory_limit_bytes, making a buffer object reclaims others in the order"
                    + " of their age: it waits, with the reservation locked, for all fences on it,"
                    + " then takes the pages away until a CPU access, a VM_BIND or a submission"
                    + " brings them back [I: the shrinker that the review asks about; the series"
                    + " and its base pin everything]");
        known(
                "kernel.misread_group",
                "the head of another list taken for a group, and a group that was freed, read as"
                        + " groups that cannot run; code that would write to them is skipped and"
                        + " told as an oops [I: depends on what lies there]");
        known(
                "kernel.endless_walk",
                "a walk over a torn list that never comes back ends after 1024 steps and is told as"
                        + " a soft lockup [I: the kernel would stay in it]");
        known(
                "kernel.after_oops",
                "an oops ends the operation it happens in and nothing else: no lock stays held, no"
                        + " thread dies [I: a real one takes the thread, or the machine, with it]");
        known(
                "kernel.doorbell_read",
                "doorbell registers read as zero [I: no source says; nobody is meant to read"
                        + " them]");
        known(
                "kernel.external_abort",
                "an access to a register page while the GPU's clocks are off gives the process"
                        + " SIGBUS [I: it could be an asynchronous error that takes the machine]");
        known(
                "kernel.eviction_restore",
                "with mode.eviction_fences, groups whose memory was taken away come back when they"
                        + " are kicked or asked for a fence, and otherwise after 100 ms [R: amdgpu"
                        + " restores user queues after 100 ms]");
        known(
                "client.costs",
                "stores to uncached and write-combined memory take typical times; nobody measured"
                        + " them on a board [I]");
    }

    private KernelAssumptions() {}

    /// Name and description of each.
    public static SortedMap<String, String> all() {
        return new TreeMap<>(ALL);
    }

    private static void known(String name, String doc) {
        ALL.put(name, doc);
    }
}
