package org.panscope.core.kernel.mmu;

import org.panscope.core.kernel.base.ExceptionName;
import org.panscope.core.kernel.base.KernelContext;

import java.util.Locale;

/// Faults of the MMU: told, acknowledged and ended by taking the address space from its jobs. The
/// VM itself stays usable.
///
/// kernel: panthor_mmu.c: panthor_mmu_irq_handler
public final class MmuFaults {
    private static final int DECODER_FAULT = 1 << 10;
    private static final String[] ACCESS = {"ATOMIC", "EXECUTE", "READ", "WRITE"};

    private final KernelContext kernel;
    private final AddressSpaces addressSpaces;

    public MmuFaults(KernelContext kernel, AddressSpaces addressSpaces) {
        this.kernel = kernel;
        this.addressSpaces = addressSpaces;
    }

    /// Works off an interrupt.
    ///
    /// @param status one bit for each address space
    /// @return whether there is a fault the scheduler has to hear of
    public boolean handle(int status) {
        boolean any = false;
        for (int as = 0; as < addressSpaces.count(); as++) {
            if ((status & 1 << as) != 0) {
                fault(as);
                any = true;
            }
        }
        return any;
    }

    private void fault(int as) {
        AddressSpaces.FaultRegisters fault = addressSpaces.faultRegisters(as);
        addressSpaces.lockSlots();
        addressSpaces.markFaulty(as);
        kernel.log("panthor_mmu_irq_handler", text(as, fault));
        addressSpaces.stopFaulty(as);
        addressSpaces.unlockSlots();
    }

    private static String text(int as, AddressSpaces.FaultRegisters fault) {
        int status = fault.status();
        int access = status >> 8 & 3;
        return String.format(
                Locale.ROOT,
                """
                Unhandled Page fault in AS%d at VA 0x%016X
                raw fault status: 0x%X
                decoded fault status: %s
                exception type 0x%X: %s
                access type 0x%X: %s
                source id 0x%X\
                """,
                as,
                fault.address(),
                status,
                (status & DECODER_FAULT) != 0 ? "DECODER FAULT" : "SLAVE FAULT",
                status & 0xff,
                ExceptionName.of(status & 0xff),
                access,
                ACCESS[access],
                status >>> 16);
    }
}
