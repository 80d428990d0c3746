package org.panscope.core.uapi;

/// Layout of `drm_panthor_csif_info`: what the firmware interface offers.
///
/// ```
///    0  u32  csg_slot_count
///    4  u32  cs_slot_count
///    8  u32  cs_reg_count
///   12  u32  scoreboard_slot_count
///   16  u32  unpreserved_cs_reg_count
///   20  u32  pad
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class CsifInfo {
    public static final int CSG_SLOT_COUNT = 0;
    public static final int CS_SLOT_COUNT = 4;
    public static final int CS_REG_COUNT = 8;
    public static final int SCOREBOARD_SLOT_COUNT = 12;
    public static final int UNPRESERVED_CS_REG_COUNT = 16;
    public static final int PAD = 20;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 24;

    private CsifInfo() {}
}
