package org.panscope.core.uapi;

/// Layout of `drm_panthor_xgs_op`: one sync operation.
///
/// ```
///    0  u64  addr: GPU address of the sync object
///    8  u64  value: reference or operand
///   16  u8   op
///   17  u8   format
///   18  u16  flags
///   20  u32  pad: must be 0 by comment, unchecked
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class XgsOp {
    public static final int ADDR = 0;
    public static final int VALUE = 8;
    public static final int OP = 16;
    public static final int FORMAT = 17;
    public static final int FLAGS = 18;
    public static final int PAD = 20;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 24;

    /// OP: wait until the object is at most the reference.
    public static final int WAIT_LE = 0;

    /// OP: wait until the object is greater than the reference.
    public static final int WAIT_GT = 1;

    /// OP: store the operand.
    public static final int SIGNAL_SET = 2;

    /// OP: add the operand.
    public static final int SIGNAL_ADD = 3;

    /// FORMAT: 8-byte object with a 32-bit value.
    public static final int FORMAT_U32 = 0;

    /// FORMAT: 16-byte object with a 64-bit value.
    public static final int FORMAT_U64 = 1;

    /// FLAGS: a WAIT hands the error of the object on; declared, ignored.
    public static final int INHERIT_ERROR_WAIT = 1;

    private XgsOp() {}
}
