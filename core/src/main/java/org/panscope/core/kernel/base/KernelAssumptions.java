package org.panscope.core.kernel.base;

import java.util.SortedMap;
import java.util.TreeMap;

/// Choices of the emulated driver and its clients that no parameter changes. An `ASSUMPTION:`
/// comment in the code names the one it makes.
public final class KernelAssumptions {
    private static final SortedMap<String, String> ALL = new TreeMap<>();

    static {
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
                "kernel.costs",
                "how long driver code runs is plausible for a 2 GHz core; only order and overlap"
                        + " depend on it [I: periods and time limits are the driver's own]");
        known(
                "kernel.heap_memory",
                "the tiler heaps of an address space get 256 MiB at most, then -ENOMEM [I: the"
                        + " kernel's limit is the allocator's]");
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
