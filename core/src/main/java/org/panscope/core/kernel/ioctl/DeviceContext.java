package org.panscope.core.kernel.ioctl;

import org.panscope.core.hw.Registers;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.heap.HeapPools;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.GemShrinker;
import org.panscope.core.kernel.sched.GroupFactory;
import org.panscope.core.kernel.sched.GroupOperations;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.kernel.xgs.XgsDevice;

/// The parts of the device that ioctls reach.
///
/// @param kernel the machine
/// @param registers of the GPU
/// @param pm power
/// @param addressSpaces MMU slots
/// @param firmware host side of the firmware
/// @param heaps tiler heaps
/// @param sched group scheduler
/// @param groupFactory creates groups
/// @param groups what is done with them later
/// @param mmapSpace file offsets
/// @param mmio register mappings of all files
/// @param xgs what XGS queues use
/// @param shrinker takes memory away from others
public record DeviceContext(
        KernelContext kernel,
        Registers registers,
        RuntimePm pm,
        AddressSpaces addressSpaces,
        FirmwareHost firmware,
        HeapPools heaps,
        Scheduler sched,
        GroupFactory groupFactory,
        GroupOperations groups,
        MmapSpace mmapSpace,
        MmioMappings mmio,
        XgsDevice xgs,
        GemShrinker shrinker) {}
