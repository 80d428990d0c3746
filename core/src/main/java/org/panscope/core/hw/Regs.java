package org.panscope.core.hw;

/// Offsets of the registers software uses, in bytes from the register base.
///
/// kernel: drivers/gpu/drm/panthor/panthor_regs.h
public final class Regs {
    public static final long GPU_ID = 0x000;
    public static final long L2_FEATURES = 0x004;
    public static final long CORE_FEATURES = 0x008;
    public static final long TILER_FEATURES = 0x00c;
    public static final long MEM_FEATURES = 0x010;
    public static final long MMU_FEATURES = 0x014;
    public static final long AS_PRESENT = 0x018;
    public static final long CSF_ID = 0x01c;
    public static final long GPU_INT_RAWSTAT = 0x020;
    public static final long GPU_INT_CLEAR = 0x024;
    public static final long GPU_INT_MASK = 0x028;
    public static final long GPU_INT_STAT = 0x02c;
    public static final long GPU_CMD = 0x030;
    public static final long GPU_STATUS = 0x034;
    public static final long GPU_FAULT_STATUS = 0x03c;
    public static final long GPU_FAULT_ADDR = 0x040;
    public static final long L2_CONFIG = 0x048;
    public static final long PWR_KEY = 0x050;
    public static final long PWR_OVERRIDE0 = 0x054;
    public static final long PWR_OVERRIDE1 = 0x058;
    public static final long GPU_FEATURES = 0x060;
    public static final long TIMESTAMP_OFFSET = 0x088;
    public static final long CYCLE_COUNT = 0x090;
    public static final long TIMESTAMP = 0x098;
    public static final long THREAD_MAX_THREADS = 0x0a0;
    public static final long THREAD_MAX_WORKGROUP_SIZE = 0x0a4;
    public static final long THREAD_MAX_BARRIER_SIZE = 0x0a8;
    public static final long THREAD_FEATURES = 0x0ac;
    public static final long TEXTURE_FEATURES_0 = 0x0b0;
    public static final long SHADER_PRESENT = 0x100;
    public static final long TILER_PRESENT = 0x110;
    public static final long L2_PRESENT = 0x120;
    public static final long SHADER_READY = 0x140;
    public static final long TILER_READY = 0x150;
    public static final long L2_READY = 0x160;
    public static final long SHADER_PWRON = 0x180;
    public static final long TILER_PWRON = 0x190;
    public static final long L2_PWRON = 0x1a0;
    public static final long SHADER_PWROFF = 0x1c0;
    public static final long TILER_PWROFF = 0x1d0;
    public static final long L2_PWROFF = 0x1e0;
    public static final long SHADER_PWRTRANS = 0x200;
    public static final long TILER_PWRTRANS = 0x210;
    public static final long L2_PWRTRANS = 0x220;
    public static final long SHADER_PWRACTIVE = 0x240;
    public static final long TILER_PWRACTIVE = 0x250;
    public static final long L2_PWRACTIVE = 0x260;
    public static final long REVIDR = 0x280;
    public static final long ASN_HASH_0 = 0x2c0;
    public static final long COHERENCY_FEATURES = 0x300;
    public static final long COHERENCY_PROTOCOL = 0x304;
    public static final long MCU_CONTROL = 0x700;
    public static final long MCU_STATUS = 0x704;

    public static final long JOB_INT_RAWSTAT = 0x1000;
    public static final long JOB_INT_CLEAR = 0x1004;
    public static final long JOB_INT_MASK = 0x1008;
    public static final long JOB_INT_STAT = 0x100c;

    /// Bit of JOB_INT that stands for the global interface; bit i is CSG i.
    public static final int JOB_INT_GLOBAL_IF = 1 << 31;

    public static final long MMU_INT_RAWSTAT = 0x2000;
    public static final long MMU_INT_CLEAR = 0x2004;
    public static final long MMU_INT_MASK = 0x2008;
    public static final long MMU_INT_STAT = 0x200c;

    public static final long AS_TRANSTAB = 0x00;
    public static final long AS_MEMATTR = 0x08;
    public static final long AS_LOCKADDR = 0x10;
    public static final long AS_COMMAND = 0x18;
    public static final long AS_FAULTSTATUS = 0x1c;
    public static final long AS_FAULTADDRESS = 0x20;
    public static final long AS_STATUS = 0x28;
    public static final long AS_TRANSCFG = 0x30;
    public static final long AS_FAULTEXTRA = 0x38;

    /// A 4 KiB page of its own, read-only: the flush id.
    public static final long LATEST_FLUSH_ID = 0x10000;

    public static final int MCU_CONTROL_DISABLE = 0;
    public static final int MCU_CONTROL_ENABLE = 1;
    public static final int MCU_CONTROL_AUTO = 2;
    public static final int MCU_STATUS_DISABLED = 0;
    public static final int MCU_STATUS_ENABLED = 1;
    public static final int MCU_STATUS_HALT = 2;
    public static final int MCU_STATUS_FATAL = 3;

    public static final int AS_COMMAND_NOP = 0;
    public static final int AS_COMMAND_UPDATE = 1;
    public static final int AS_COMMAND_LOCK = 2;
    public static final int AS_COMMAND_UNLOCK = 3;
    public static final int AS_COMMAND_FLUSH_PT = 4;
    public static final int AS_COMMAND_FLUSH_MEM = 5;

    private static final long DOORBELL_BASE = 0x80000;
    private static final long DOORBELL_STRIDE = 0x10000;
    private static final long AS_BASE = 0x2400;

    private Regs() {}

    /// Offset of doorbell page `id`: 0 is global, slot + 1 belongs to a CSG slot.
    public static long doorbell(int id) {
        return DOORBELL_BASE + id * DOORBELL_STRIDE;
    }

    /// Offset of an address-space register: `as(1, AS_COMMAND)`.
    public static long as(int as, long register) {
        return AS_BASE + ((long) as << 6) + register;
    }
}
