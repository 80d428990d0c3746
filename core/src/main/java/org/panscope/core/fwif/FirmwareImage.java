package org.panscope.core.fwif;

/// What the driver learns from the firmware image before the firmware runs.
///
/// ASSUMPTION: one shared section of 1 MiB, of which real images use less; the size leaves room for
/// 31 groups with 32 streams each.
public final class FirmwareImage {
    /// Bytes of the section at [FwLayout#SHARED_VA].
    public static final long SHARED_SIZE = 1L << 20;

    private FirmwareImage() {}
}
