package org.panscope.core.hw;

/// The register window: which offset does what. All state lives in [Gpu] and its units.
///
/// kernel: drivers/gpu/drm/panthor/panthor_regs.h
final class RegisterFile implements Registers {
    private static final long AS_REGISTERS = Regs.as(0, 0);
    private static final long FIRST_DOORBELL = Regs.doorbell(0);
    private static final long DOORBELL_STRIDE = Regs.doorbell(1) - Regs.doorbell(0);
    private static final int DOORBELL_COUNT = 64;

    private final Gpu gpu;
    private final RegisterBank plain = new RegisterBank();

    RegisterFile(Gpu gpu) {
        this.gpu = gpu;
    }

    @Override
    public int read32(long offset) {
        if (offset >= AS_REGISTERS && offset < AS_REGISTERS + ((long) gpu.mmu().count() << 6)) {
            return readAs(offset);
        }
        if (offset == Regs.LATEST_FLUSH_ID) {
            return gpu.latestFlushId();
        }
        int block = (int) (offset & ~0xfffL);
        return switch (block) {
            case 0x1000 -> readIrq(gpu.job(), offset - Regs.JOB_INT_RAWSTAT);
            case 0x2000 -> readIrq(gpu.mmuIrq(), offset - Regs.MMU_INT_RAWSTAT);
            default -> readControl(offset);
        };
    }

    @Override
    public void write32(long offset, int value) {
        if (offset >= FIRST_DOORBELL
                && offset < FIRST_DOORBELL + DOORBELL_COUNT * DOORBELL_STRIDE) {
            if ((offset - FIRST_DOORBELL) % DOORBELL_STRIDE == 0) {
                gpu.ringDoorbell((int) ((offset - FIRST_DOORBELL) / DOORBELL_STRIDE));
            }
            return;
        }
        if (offset >= AS_REGISTERS && offset < AS_REGISTERS + ((long) gpu.mmu().count() << 6)) {
            writeAs(offset, value);
            return;
        }
        switch ((int) (offset & ~0xfffL)) {
            case 0x1000 -> writeIrq(gpu.job(), offset - Regs.JOB_INT_RAWSTAT, value);
            case 0x2000 -> writeIrq(gpu.mmuIrq(), offset - Regs.MMU_INT_RAWSTAT, value);
            default -> writeControl(offset, value);
        }
    }

    void reset() {
        plain.clear();
    }

    private int readControl(long offset) {
        GpuParameters parameters = gpu.parameters();
        if (offset >= Regs.GPU_INT_RAWSTAT && offset <= Regs.GPU_INT_STAT) {
            return readIrq(gpu.gpuIrq(), offset - Regs.GPU_INT_RAWSTAT);
        }
        if (offset == Regs.GPU_ID) {
            return parameters.getInt(GpuParameters.GPU_ID);
        } else if (offset == Regs.L2_FEATURES) {
            return parameters.getInt(GpuParameters.L2_FEATURES);
        } else if (offset == Regs.TILER_FEATURES) {
            return parameters.getInt(GpuParameters.TILER_FEATURES);
        } else if (offset == Regs.MEM_FEATURES) {
            return parameters.getInt(GpuParameters.MEM_FEATURES);
        } else if (offset == Regs.MMU_FEATURES) {
            return parameters.getInt(GpuParameters.MMU_FEATURES);
        } else if (offset == Regs.AS_PRESENT) {
            return parameters.getInt(GpuParameters.AS_PRESENT);
        } else if (offset == Regs.COHERENCY_FEATURES) {
            return parameters.getInt(GpuParameters.COHERENCY_FEATURES);
        } else if (offset == Regs.SHADER_PRESENT) {
            return parameters.getInt(GpuParameters.SHADER_PRESENT);
        } else if (offset == Regs.TILER_PRESENT) {
            return parameters.getInt(GpuParameters.TILER_PRESENT);
        } else if (offset == Regs.L2_PRESENT) {
            return 1;
        } else if (offset == Regs.SHADER_READY || offset == Regs.SHADER_READY + 4) {
            return half(gpu.shadersReady(), offset - Regs.SHADER_READY);
        } else if (offset == Regs.TILER_READY) {
            return (int) gpu.tilersReady();
        } else if (offset == Regs.L2_READY) {
            return gpu.l2Ready() ? 1 : 0;
        } else if (offset == Regs.L2_PWRTRANS) {
            return gpu.l2InTransition() ? 1 : 0;
        } else if (offset == Regs.MCU_STATUS) {
            return gpu.mcuStatus();
        } else if (offset == Regs.CYCLE_COUNT || offset == Regs.CYCLE_COUNT + 4) {
            return half(gpu.cycleCount(), offset - Regs.CYCLE_COUNT);
        } else if (offset == Regs.TIMESTAMP || offset == Regs.TIMESTAMP + 4) {
            return half(gpu.timestamp(), offset - Regs.TIMESTAMP);
        }
        return plain.read32(offset);
    }

    private void writeControl(long offset, int value) {
        if (offset >= Regs.GPU_INT_RAWSTAT && offset <= Regs.GPU_INT_STAT) {
            writeIrq(gpu.gpuIrq(), offset - Regs.GPU_INT_RAWSTAT, value);
        } else if (offset == Regs.GPU_CMD) {
            gpu.command(value);
        } else if (offset == Regs.L2_PWRON && (value & 1) != 0) {
            gpu.powerL2(true);
        } else if (offset == Regs.L2_PWROFF && (value & 1) != 0) {
            gpu.powerL2(false);
        } else if (offset == Regs.MCU_CONTROL) {
            plain.write32(offset, value);
            gpu.controlMcu(value);
        } else if (offset == Regs.COHERENCY_PROTOCOL) {
            plain.write32(offset, value);
        }
        // Everything else is read-only or has no effect that software of this machine can see.
    }

    private int readAs(long offset) {
        GpuMmu.AddressSpace space = gpu.mmu().space(asOf(offset));
        long register = (offset - AS_REGISTERS) & 0x3f;
        if (register == Regs.AS_STATUS) {
            return gpu.simulation().nowNs() < space.busyUntilNs ? 1 : 0;
        } else if (register == Regs.AS_FAULTSTATUS) {
            return space.faultStatus;
        } else if (register == Regs.AS_FAULTADDRESS || register == Regs.AS_FAULTADDRESS + 4) {
            return half(space.faultAddress, register - Regs.AS_FAULTADDRESS);
        }
        return space.registers.read32(register);
    }

    private void writeAs(long offset, int value) {
        long register = (offset - AS_REGISTERS) & 0x3f;
        if (register == Regs.AS_COMMAND) {
            gpu.addressSpaceCommand(asOf(offset), value);
        } else {
            gpu.mmu().space(asOf(offset)).registers.write32(register, value);
        }
    }

    private static int asOf(long offset) {
        return (int) ((offset - AS_REGISTERS) >> 6);
    }

    private static int readIrq(IrqUnit irq, long register) {
        return switch ((int) register) {
            case 0 -> irq.rawStat();
            case 8 -> irq.mask();
            case 12 -> irq.stat();
            default -> 0;
        };
    }

    private static void writeIrq(IrqUnit irq, long register, int value) {
        switch ((int) register) {
            case 4 -> irq.clear(value);
            case 8 -> irq.setMask(value);
            default -> {
                // RAWSTAT and STAT are read-only here.
            }
        }
    }

    private static int half(long value, long at) {
        return (int) (at == 0 ? value : value >>> 32);
    }
}
