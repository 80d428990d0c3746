package org.panscope.core.kernel.base;

import java.util.SortedMap;
import java.util.TreeMap;

/// Choices of the emulated driver and its clients that no parameter changes. An `ASSUMPTION:`
/// comment in the code names the one it makes.
public final class KernelAssumptions {
    private static final SortedMap<String, String> ALL = new TreeMap<>();

    static {
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
