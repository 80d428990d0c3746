package org.panscope.core.fwif;

/// What the driver must know of the firmware image before it runs.
///
/// kernel: drivers/gpu/drm/panthor/panthor_fw.c: panthor_fw_load
public final class FirmwareImage {
    /// Size of the shared section at [FwLayout#SHARED_VA]; room for 31 CSGs of 32 CSs.
    public static final long SHARED_SIZE = 0x8_0000;

    private FirmwareImage() {}
}
