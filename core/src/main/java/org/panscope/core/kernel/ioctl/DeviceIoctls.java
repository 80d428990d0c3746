package org.panscope.core.kernel.ioctl;

import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.uapi.CsifInfo;
import org.panscope.core.uapi.DevQueryArgs;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GpuInfo;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;

/// DEV_QUERY.
///
/// kernel: panthor_drv.c, panthor_ioctl_dev_query
final class DeviceIoctls {
    private static final int UNPRESERVED_REGISTERS = 4;

    private final PanthorFile file;

    DeviceIoctls(PanthorFile file) {
        this.file = file;
    }

    int query(ByteBuffer args) {
        int type = args.getInt(DevQueryArgs.TYPE);
        return switch (type) {
            case DevQueryArgs.GPU_INFO -> answer(args, gpuInfo(), GpuInfo.MIN_SIZE);
            case DevQueryArgs.CSIF_INFO -> answer(args, csifInfo(), CsifInfo.MIN_SIZE);
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
        ByteBuffer info = UserMemory.struct(GpuInfo.SIZE);
        info.putInt(GpuInfo.GPU_ID, registers.read32(Regs.GPU_ID));
        info.putInt(GpuInfo.GPU_REV, registers.read32(Regs.REVIDR));
        info.putInt(GpuInfo.CSF_ID, registers.read32(Regs.CSF_ID));
        info.putInt(GpuInfo.L2_FEATURES, registers.read32(Regs.L2_FEATURES));
        info.putInt(GpuInfo.TILER_FEATURES, registers.read32(Regs.TILER_FEATURES));
        info.putInt(GpuInfo.MEM_FEATURES, registers.read32(Regs.MEM_FEATURES));
        info.putInt(GpuInfo.MMU_FEATURES, registers.read32(Regs.MMU_FEATURES));
        info.putInt(GpuInfo.COHERENCY_FEATURES, registers.read32(Regs.COHERENCY_FEATURES));
        info.putInt(GpuInfo.AS_PRESENT, registers.read32(Regs.AS_PRESENT));
        info.putLong(GpuInfo.SHADER_PRESENT, registers.read64(Regs.SHADER_PRESENT));
        info.putLong(GpuInfo.L2_PRESENT, registers.read64(Regs.L2_PRESENT));
        info.putLong(GpuInfo.TILER_PRESENT, registers.read64(Regs.TILER_PRESENT));
        info.putInt(GpuInfo.CORE_FEATURES, registers.read32(Regs.CORE_FEATURES));
        return info;
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
