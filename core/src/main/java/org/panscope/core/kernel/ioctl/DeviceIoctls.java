package org.panscope.core.kernel.ioctl;

import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.mmu.PageTable;
import org.panscope.core.uapi.CsifInfo;
import org.panscope.core.uapi.DevQueryArgs;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GpuInfo;
import org.panscope.core.uapi.GroupPrioritiesInfo;
import org.panscope.core.uapi.MmuInfo;
import org.panscope.core.uapi.TimestampInfo;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.SchedEvent.PmOwner;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// DEV_QUERY.
///
/// kernel: panthor_drv.c, panthor_ioctl_dev_query
final class DeviceIoctls {
    private static final int UNPRESERVED_REGISTERS = 4;
    private static final int TEXTURE_WORDS = 4;
    private static final int CPU_MONOTONIC_RAW = 2 << 1;
    private static final long NS_PER_SECOND = 1_000_000_000;

    /// ASSUMPTION: kernel.arch_timer: what CNTFRQ_EL0 says, as on an RK3588.
    private static final long ARCH_TIMER_HZ = 24_000_000;

    private final PanthorFile file;

    DeviceIoctls(PanthorFile file) {
        this.file = file;
    }

    int query(ByteBuffer args) {
        int type = args.getInt(DevQueryArgs.TYPE);
        return switch (type) {
            case DevQueryArgs.GPU_INFO -> answer(args, gpuInfo(), GpuInfo.MIN_SIZE);
            case DevQueryArgs.CSIF_INFO -> answer(args, csifInfo(), CsifInfo.MIN_SIZE);
            default -> isMainline2026() ? queryLater(type, args) : Errno.EINVAL;
        };
    }

    /// What drivers after v6.11 know.
    private int queryLater(int type, ByteBuffer args) {
        return switch (type) {
            case DevQueryArgs.TIMESTAMP_INFO -> timestamps(args);
            case DevQueryArgs.GROUP_PRIORITIES_INFO ->
                    answer(args, priorities(), GroupPrioritiesInfo.MIN_SIZE);
            case DevQueryArgs.MMU_INFO -> answer(args, mmuInfo(), MmuInfo.MIN_SIZE);
            default -> Errno.EINVAL;
        };
    }

    /// Copies as much as the caller has room for and zeroes the rest of it.
    private int answer(ByteBuffer args, ByteBuffer info, int minimumBytes) {
        long pointer = args.getLong(DevQueryArgs.POINTER);
        if (pointer == 0) {
            args.putInt(DevQueryArgs.QUERY_SIZE, info.capacity());
            return 0;
        }
        int userBytes = args.getInt(DevQueryArgs.QUERY_SIZE);
        if (Integer.compareUnsigned(userBytes, minimumBytes) < 0) {
            return Errno.EINVAL;
        }
        byte[] before = file.memory().read(pointer, userBytes);
        if (before == null) {
            return Errno.EFAULT;
        }
        byte[] out = new byte[userBytes];
        info.get(0, out, 0, Math.min(userBytes, info.capacity()));
        return file.memory().write(pointer, out) ? 0 : Errno.EFAULT;
    }

    private ByteBuffer gpuInfo() {
        Registers registers = file.device().registers();
        ByteBuffer info = UserMemory.struct(isMainline2026() ? GpuInfo.SIZE : GpuInfo.BASE_SIZE);
        info.putInt(GpuInfo.GPU_ID, registers.read32(Regs.GPU_ID));
        info.putInt(GpuInfo.GPU_REV, registers.read32(Regs.REVIDR));
        info.putInt(GpuInfo.CSF_ID, registers.read32(Regs.CSF_ID));
        info.putInt(GpuInfo.L2_FEATURES, registers.read32(Regs.L2_FEATURES));
        info.putInt(GpuInfo.TILER_FEATURES, registers.read32(Regs.TILER_FEATURES));
        info.putInt(GpuInfo.MEM_FEATURES, registers.read32(Regs.MEM_FEATURES));
        info.putInt(GpuInfo.MMU_FEATURES, registers.read32(Regs.MMU_FEATURES));
        info.putInt(GpuInfo.THREAD_FEATURES, registers.read32(Regs.THREAD_FEATURES));
        info.putInt(GpuInfo.MAX_THREADS, registers.read32(Regs.THREAD_MAX_THREADS));
        info.putInt(
                GpuInfo.THREAD_MAX_WORKGROUP_SIZE,
                registers.read32(Regs.THREAD_MAX_WORKGROUP_SIZE));
        info.putInt(
                GpuInfo.THREAD_MAX_BARRIER_SIZE, registers.read32(Regs.THREAD_MAX_BARRIER_SIZE));
        info.putInt(GpuInfo.COHERENCY_FEATURES, registers.read32(Regs.COHERENCY_FEATURES));
        for (int i = 0; i < TEXTURE_WORDS; i++) {
            int at = i * Integer.BYTES;
            info.putInt(
                    GpuInfo.TEXTURE_FEATURES + at, registers.read32(Regs.TEXTURE_FEATURES_0 + at));
        }
        info.putInt(GpuInfo.AS_PRESENT, registers.read32(Regs.AS_PRESENT));
        info.putLong(GpuInfo.SHADER_PRESENT, registers.read64(Regs.SHADER_PRESENT));
        info.putLong(GpuInfo.L2_PRESENT, registers.read64(Regs.L2_PRESENT));
        info.putLong(GpuInfo.TILER_PRESENT, registers.read64(Regs.TILER_PRESENT));
        info.putInt(GpuInfo.CORE_FEATURES, registers.read32(Regs.CORE_FEATURES));
        if (isMainline2026()) {
            info.putInt(GpuInfo.SELECTED_COHERENCY, GpuInfo.COHERENCY_NONE);
            info.putLong(GpuInfo.GPU_FEATURES, registers.read64(Regs.GPU_FEATURES));
        }
        return info;
    }

    /// `panthor_query_timestamp_info`: the device is powered up for it.
    private int timestamps(ByteBuffer args) {
        long pointer = args.getLong(DevQueryArgs.POINTER);
        ByteBuffer info = UserMemory.struct(TimestampInfo.SIZE);
        if (pointer == 0) {
            return answer(args, info, TimestampInfo.MIN_SIZE);
        }
        int flags = TimestampInfo.GPU | TimestampInfo.GPU_OFFSET | TimestampInfo.FREQ;
        int userBytes = args.getInt(DevQueryArgs.QUERY_SIZE);
        if (Integer.compareUnsigned(userBytes, TimestampInfo.FLAGS + Integer.BYTES) >= 0) {
            byte[] asked = file.memory().read(pointer + TimestampInfo.FLAGS, Integer.BYTES);
            if (asked == null) {
                return Errno.EFAULT;
            }
            int wanted = ByteBuffer.wrap(asked).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (!isTimestampWish(wanted)) {
                return Errno.EINVAL;
            }
            flags = wanted == 0 ? flags : wanted;
        }
        RuntimePm pm = file.device().pm();
        int powered = pm.resumeAndGet(PmOwner.IOCTL);
        if (powered != 0) {
            return powered;
        }
        sample(info, flags);
        pm.put(PmOwner.IOCTL);
        return answer(args, info, TimestampInfo.MIN_SIZE);
    }

    private static boolean isTimestampWish(int flags) {
        int known =
                TimestampInfo.GPU
                        | TimestampInfo.CPU_TYPE_MASK
                        | TimestampInfo.GPU_OFFSET
                        | TimestampInfo.GPU_CYCLE_COUNT
                        | TimestampInfo.FREQ
                        | TimestampInfo.DURATION;
        return (flags & ~known) == 0 && (flags & TimestampInfo.CPU_TYPE_MASK) <= CPU_MONOTONIC_RAW;
    }

    private void sample(ByteBuffer info, int flags) {
        KernelContext kernel = file.kernel();
        Registers registers = file.device().registers();
        long beginNs = kernel.sim().nowNs();
        if ((flags & TimestampInfo.CPU_TYPE_MASK) != 0) {
            info.putLong(TimestampInfo.CPU_TIMESTAMP_SEC, beginNs / NS_PER_SECOND);
            info.putLong(TimestampInfo.CPU_TIMESTAMP_NSEC, beginNs % NS_PER_SECOND);
        }
        if ((flags & TimestampInfo.GPU) != 0) {
            info.putLong(TimestampInfo.CURRENT_TIMESTAMP, registers.read64(Regs.TIMESTAMP));
        }
        if ((flags & TimestampInfo.GPU_OFFSET) != 0) {
            info.putLong(TimestampInfo.TIMESTAMP_OFFSET, registers.read64(Regs.TIMESTAMP_OFFSET));
        }
        if ((flags & TimestampInfo.GPU_CYCLE_COUNT) != 0) {
            info.putLong(TimestampInfo.CYCLE_COUNT, registers.read64(Regs.CYCLE_COUNT));
        }
        kernel.spend(kernel.timings().registerNs());
        if ((flags & TimestampInfo.FREQ) != 0) {
            info.putLong(TimestampInfo.TIMESTAMP_FREQUENCY, ARCH_TIMER_HZ);
        }
        if ((flags & TimestampInfo.DURATION) != 0) {
            info.putInt(TimestampInfo.DURATION_NSEC, (int) (kernel.sim().nowNs() - beginNs));
        }
        info.putInt(TimestampInfo.FLAGS, flags);
    }

    private ByteBuffer priorities() {
        return UserMemory.struct(GroupPrioritiesInfo.SIZE)
                .put(GroupPrioritiesInfo.ALLOWED_MASK, (byte) GroupPriorityPermit.mask(file));
    }

    private static ByteBuffer mmuInfo() {
        return UserMemory.struct(MmuInfo.SIZE)
                .putLong(MmuInfo.PAGE_SIZE_BITMAP, PageTable.PAGE_BYTES | PageTable.BLOCK_BYTES);
    }

    private boolean isMainline2026() {
        return file.kernel().driver().isMainline2026();
    }

    private ByteBuffer csifInfo() {
        FirmwareHost firmware = file.device().firmware();
        ByteBuffer info = UserMemory.struct(CsifInfo.SIZE);
        info.putInt(CsifInfo.CSG_SLOT_COUNT, file.device().sched().slots().size());
        info.putInt(CsifInfo.CS_SLOT_COUNT, firmware.csCount());
        info.putInt(CsifInfo.CS_REG_COUNT, firmware.workRegisters());
        info.putInt(CsifInfo.SCOREBOARD_SLOT_COUNT, firmware.scoreboards());
        info.putInt(CsifInfo.UNPRESERVED_CS_REG_COUNT, UNPRESERVED_REGISTERS);
        return info;
    }
}
