package org.panscope.core.hw;

import java.util.function.LongSupplier;

/// The register window: which offset is which register, what reading it shows and what writing it
/// does. Doorbell pages lie behind the registers.
///
/// kernel: drivers/gpu/drm/panthor/panthor_regs.h
final class RegisterMap implements Registers {
    private static final long FIRST_DOORBELL = Regs.doorbell(0);
    private static final long DOORBELL_STRIDE = Regs.doorbell(1) - Regs.doorbell(0);
    private static final int TEXTURE_WORDS = 4;
    private static final int HASH_WORDS = 3;

    private final Gpu gpu;
    private final RegisterFile file;
    private boolean overrideUnlocked;

    RegisterMap(Gpu gpu, RegisterFile file) {
        this.gpu = gpu;
        this.file = file;
        identity();
        interrupts("GPU_INT_", Regs.GPU_INT_RAWSTAT, gpu.gpuIrq());
        interrupts("JOB_INT_", Regs.JOB_INT_RAWSTAT, gpu.job());
        interrupts("MMU_INT_", Regs.MMU_INT_RAWSTAT, gpu.mmuIrq());
        control();
        counters();
        power();
        for (int as = 0; as < gpu.mmu().count(); as++) {
            addressSpace(as);
        }
    }

    @Override
    public int read32(long offset) {
        return file.read32(offset);
    }

    @Override
    public void write32(long offset, int value) {
        if (offset < FIRST_DOORBELL) {
            file.write32(offset, value);
        } else if ((offset - FIRST_DOORBELL) % DOORBELL_STRIDE == 0) {
            long id = (offset - FIRST_DOORBELL) / DOORBELL_STRIDE;
            if (id < gpu.doorbellCount()) {
                gpu.ringDoorbell((int) id);
            }
        }
    }

    private void identity() {
        parameter("GPU_ID", Regs.GPU_ID, GpuParameters.GPU_ID);
        parameter("L2_FEATURES", Regs.L2_FEATURES, GpuParameters.L2_FEATURES);
        parameter("CORE_FEATURES", Regs.CORE_FEATURES, GpuParameters.CORE_FEATURES);
        parameter("TILER_FEATURES", Regs.TILER_FEATURES, GpuParameters.TILER_FEATURES);
        parameter("MEM_FEATURES", Regs.MEM_FEATURES, GpuParameters.MEM_FEATURES);
        parameter("MMU_FEATURES", Regs.MMU_FEATURES, GpuParameters.MMU_FEATURES);
        parameter("AS_PRESENT", Regs.AS_PRESENT, GpuParameters.AS_PRESENT);
        parameter("CSF_ID", Regs.CSF_ID, GpuParameters.CSF_ID);
        parameter("REVIDR", Regs.REVIDR, GpuParameters.REVIDR);
        parameter("COHERENCY_FEATURES", Regs.COHERENCY_FEATURES, GpuParameters.COHERENCY_FEATURES);
        parameter("THREAD_MAX_THREADS", Regs.THREAD_MAX_THREADS, GpuParameters.MAX_THREADS);
        parameter(
                "THREAD_MAX_WORKGROUP_SIZE",
                Regs.THREAD_MAX_WORKGROUP_SIZE,
                GpuParameters.MAX_WORKGROUP_SIZE);
        parameter(
                "THREAD_MAX_BARRIER_SIZE",
                Regs.THREAD_MAX_BARRIER_SIZE,
                GpuParameters.MAX_BARRIER_SIZE);
        parameter("THREAD_FEATURES", Regs.THREAD_FEATURES, GpuParameters.THREAD_FEATURES);
        for (int i = 0; i < TEXTURE_WORDS; i++) {
            parameter(
                    "TEXTURE_FEATURES_" + i,
                    Regs.TEXTURE_FEATURES_0 + 4L * i,
                    GpuParameters.textureFeatures(i));
        }
        long features = gpu.parameters().get(GpuParameters.GPU_FEATURES);
        file.readOnly("GPU_FEATURES", Regs.GPU_FEATURES, 8, () -> features);
    }

    private void control() {
        file.writeOnly("GPU_CMD", Regs.GPU_CMD, 4, value -> gpu.command((int) value));
        word("GPU_STATUS", Regs.GPU_STATUS, gpu::status);
        file.readOnly("GPU_FAULT_STATUS", Regs.GPU_FAULT_STATUS, 4, gpu::faultStatus);
        file.readOnly("GPU_FAULT_ADDR", Regs.GPU_FAULT_ADDR, 8, gpu::faultAddress);
        file.readWrite("L2_CONFIG", Regs.L2_CONFIG, 4);
        for (int i = 0; i < HASH_WORDS; i++) {
            file.readWrite("ASN_HASH_" + i, Regs.ASN_HASH_0 + 4L * i, 4);
        }
        file.readWrite("COHERENCY_PROTOCOL", Regs.COHERENCY_PROTOCOL, 4);
        file.readWrite("MCU_CONTROL", Regs.MCU_CONTROL, 4, value -> gpu.controlMcu((int) value));
        word("MCU_STATUS", Regs.MCU_STATUS, gpu::mcuStatus);
        word("LATEST_FLUSH_ID", Regs.LATEST_FLUSH_ID, gpu::latestFlushId);
    }

    private void counters() {
        file.readWrite("TIMESTAMP_OFFSET", Regs.TIMESTAMP_OFFSET, 8);
        file.readOnly("CYCLE_COUNT", Regs.CYCLE_COUNT, 8, gpu::cycleCount);
        file.readOnly("TIMESTAMP", Regs.TIMESTAMP, 8, gpu::timestamp);
    }

    private void power() {
        for (PowerDomain domain : gpu.powerDomains()) {
            String name = domain.name();
            long at = domain.offset();
            file.readOnly(name + "_PRESENT", Regs.SHADER_PRESENT + at, 8, domain::present);
            file.readOnly(name + "_READY", Regs.SHADER_READY + at, 8, domain::ready);
            file.writeOnly(name + "_PWRON", Regs.SHADER_PWRON + at, 8, domain::powerOn);
            file.writeOnly(name + "_PWROFF", Regs.SHADER_PWROFF + at, 8, domain::powerOff);
            file.readOnly(name + "_PWRTRANS", Regs.SHADER_PWRTRANS + at, 8, domain::inTransition);
            file.readOnly(name + "_PWRACTIVE", Regs.SHADER_PWRACTIVE + at, 8, domain::active);
        }
        file.writeOnly(
                "PWR_KEY",
                Regs.PWR_KEY,
                4,
                value -> overrideUnlocked = (int) value == RegBits.PWR_KEY_UNLOCK);
        file.guarded("PWR_OVERRIDE0", Regs.PWR_OVERRIDE0, this::useKey);
        file.guarded("PWR_OVERRIDE1", Regs.PWR_OVERRIDE1, this::useKey);
    }

    /// ASSUMPTION: hw.pwr_key: the key lets one write of an override register through.
    private boolean useKey() {
        boolean unlocked = overrideUnlocked;
        overrideUnlocked = false;
        return unlocked;
    }

    private void interrupts(String name, long base, IrqUnit irq) {
        boolean writable = gpu.parameters().isOn(GpuParameters.RAWSTAT_WRITABLE);
        file.readAndCommand(
                name + "RAWSTAT",
                base,
                irq::rawStat,
                value -> {
                    if (writable) {
                        irq.raise((int) value);
                    }
                });
        file.readAndCommand(name + "CLEAR", base + 4, () -> 0, value -> irq.clear((int) value));
        file.readWrite(name + "MASK", base + 8, 4, value -> irq.setMask((int) value));
        word(name + "STAT", base + 12, irq::stat);
    }

    private void addressSpace(int as) {
        String name = "AS" + as + "_";
        AddressSpace space = gpu.mmu().space(as);
        file.readWrite(name + "TRANSTAB", Regs.as(as, Regs.AS_TRANSTAB), 8, space::setTranstab);
        file.readWrite(name + "MEMATTR", Regs.as(as, Regs.AS_MEMATTR), 8, space::setMemattr);
        file.readWrite(name + "LOCKADDR", Regs.as(as, Regs.AS_LOCKADDR), 8, space::setLockaddr);
        file.writeOnly(
                name + "COMMAND",
                Regs.as(as, Regs.AS_COMMAND),
                4,
                value -> gpu.addressSpaceCommand(as, (int) value));
        word(name + "FAULTSTATUS", Regs.as(as, Regs.AS_FAULTSTATUS), space::faultStatus);
        file.readOnly(
                name + "FAULTADDRESS", Regs.as(as, Regs.AS_FAULTADDRESS), 8, space::faultAddress);
        word(name + "STATUS", Regs.as(as, Regs.AS_STATUS), () -> space.isBusy() ? 1 : 0);
        file.readWrite(name + "TRANSCFG", Regs.as(as, Regs.AS_TRANSCFG), 8, space::setTranscfg);
        file.readOnly(name + "FAULTEXTRA", Regs.as(as, Regs.AS_FAULTEXTRA), 8, space::faultExtra);
    }

    private void parameter(String name, long offset, String parameter) {
        int value = gpu.parameters().getInt(parameter);
        word(name, offset, () -> value);
    }

    private void word(String name, long offset, LongSupplier reader) {
        file.readOnly(name, offset, 4, reader);
    }
}
