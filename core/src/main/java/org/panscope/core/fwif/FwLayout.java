package org.panscope.core.fwif;

/// Byte offsets of every word driver and firmware share.
///
/// ```
/// shared section (MCU VA 0x04000000)
///   +0x0000                       GLB_CONTROL
///   +0x1000 + i * group_stride    CSG_CONTROL(i)
///      + 0x40 + j * stream_stride CS_CONTROL(i, j)
///   anywhere                      the INPUT and OUTPUT blocks the control blocks point to
/// ```
///
/// kernel: drivers/gpu/drm/panthor/panthor_fw.h
public final class FwLayout {
    /// MCU address of the shared section, and size of the window it may lie in.
    public static final long SHARED_VA = 0x0400_0000L;

    public static final long SHARED_WINDOW_BYTES = 0x0400_0000L;
    public static final long CSG_CONTROL_OFFSET = 0x1000;
    public static final long CS_CONTROL_OFFSET = 0x40;

    private FwLayout() {}

    /// Written by the firmware at boot.
    public static final class GlbControl {
        public static final long VERSION = 0x00;
        public static final long FEATURES = 0x04;
        public static final long INPUT_VA = 0x08;
        public static final long OUTPUT_VA = 0x0c;
        public static final long GROUP_NUM = 0x10;
        public static final long GROUP_STRIDE = 0x14;
        public static final long PERFCNT_SIZE = 0x18;
        public static final long INSTR_FEATURES = 0x1c;

        private GlbControl() {}
    }

    /// Written by the host.
    public static final class GlbInput {
        public static final long REQ = 0x00;
        public static final long ACK_IRQ_MASK = 0x04;
        public static final long DOORBELL_REQ = 0x08;
        public static final long PROGRESS_TIMER = 0x10;
        public static final long POWEROFF_TIMER = 0x14;
        public static final long CORE_EN_MASK = 0x18;
        public static final long PERFCNT_AS = 0x24;
        public static final long PERFCNT_BASE = 0x28;
        public static final long PERFCNT_EXTRACT = 0x30;
        public static final long PERFCNT_CONFIG = 0x40;
        public static final long PERFCNT_CSG_SELECT = 0x44;
        public static final long PERFCNT_FW_ENABLE = 0x48;
        public static final long PERFCNT_CSG_ENABLE = 0x4c;
        public static final long PERFCNT_CSF_ENABLE = 0x50;
        public static final long PERFCNT_SHADER_ENABLE = 0x54;
        public static final long PERFCNT_TILER_ENABLE = 0x58;
        public static final long PERFCNT_MMU_L2_ENABLE = 0x5c;
        public static final long IDLE_TIMER = 0x80;
        public static final long SIZE = 0x88;

        private GlbInput() {}
    }

    /// Written by the firmware.
    public static final class GlbOutput {
        public static final long ACK = 0x00;
        public static final long DOORBELL_ACK = 0x08;
        public static final long HALT_STATUS = 0x10;
        public static final long PERFCNT_STATUS = 0x14;
        public static final long PERFCNT_INSERT = 0x18;
        public static final long SIZE = 0x1c;

        private GlbOutput() {}
    }

    /// Written by the firmware at boot.
    public static final class CsgControl {
        public static final long FEATURES = 0x00;
        public static final long INPUT_VA = 0x04;
        public static final long OUTPUT_VA = 0x08;
        public static final long SUSPEND_SIZE = 0x0c;
        public static final long PROTM_SUSPEND_SIZE = 0x10;
        public static final long STREAM_NUM = 0x14;
        public static final long STREAM_STRIDE = 0x18;

        private CsgControl() {}
    }

    /// Written by the host.
    public static final class CsgInput {
        public static final long REQ = 0x00;
        public static final long ACK_IRQ_MASK = 0x04;
        public static final long DOORBELL_REQ = 0x08;
        public static final long CS_IRQ_ACK = 0x0c;
        public static final long ALLOW_COMPUTE = 0x20;
        public static final long ALLOW_FRAGMENT = 0x28;
        public static final long ALLOW_OTHER = 0x30;
        public static final long ENDPOINT_REQ = 0x34;

        /// 64 bits, from interface version 4.0 on instead of [#ENDPOINT_REQ].
        public static final long ENDPOINT_REQ2 = 0x38;

        public static final long SUSPEND_BUF = 0x40;
        public static final long PROTM_SUSPEND_BUF = 0x48;
        public static final long CONFIG = 0x50;
        public static final long ITER_TRACE_CONFIG = 0x54;
        public static final long SIZE = 0x58;

        private CsgInput() {}
    }

    /// Written by the firmware.
    public static final class CsgOutput {
        public static final long ACK = 0x00;
        public static final long DOORBELL_ACK = 0x08;
        public static final long CS_IRQ_REQ = 0x0c;
        public static final long STATUS_ENDPOINT_CURRENT = 0x10;
        public static final long STATUS_ENDPOINT_REQ = 0x14;
        public static final long STATUS_STATE = 0x18;
        public static final long RESOURCE_DEP = 0x1c;
        public static final long SIZE = 0x20;

        private CsgOutput() {}
    }

    /// Written by the firmware at boot.
    public static final class CsControl {
        public static final long FEATURES = 0x00;
        public static final long INPUT_VA = 0x04;
        public static final long OUTPUT_VA = 0x08;

        private CsControl() {}
    }

    /// Written by the host.
    public static final class CsInput {
        public static final long REQ = 0x00;
        public static final long CONFIG = 0x04;
        public static final long ACK_IRQ_MASK = 0x0c;
        public static final long RINGBUF_BASE = 0x10;
        public static final long RINGBUF_SIZE = 0x18;
        public static final long HEAP_START = 0x20;
        public static final long HEAP_END = 0x28;
        public static final long RINGBUF_INPUT = 0x30;
        public static final long RINGBUF_OUTPUT = 0x38;
        public static final long INSTR_CONFIG = 0x40;
        public static final long INSTRBUF_SIZE = 0x44;
        public static final long INSTRBUF_BASE = 0x48;
        public static final long INSTRBUF_OFFSET_PTR = 0x50;
        public static final long SIZE = 0x58;

        private CsInput() {}
    }

    /// Written by the firmware.
    public static final class CsOutput {
        public static final long ACK = 0x00;
        public static final long STATUS_CMD_PTR = 0x40;
        public static final long STATUS_WAIT = 0x48;
        public static final long STATUS_REQ_RESOURCE = 0x4c;
        public static final long STATUS_WAIT_SYNC_PTR = 0x50;
        public static final long STATUS_WAIT_SYNC_VALUE = 0x58;
        public static final long STATUS_SCOREBOARDS = 0x5c;
        public static final long STATUS_BLOCKED_REASON = 0x60;
        public static final long STATUS_WAIT_SYNC_VALUE_HI = 0x64;
        public static final long FAULT = 0x80;
        public static final long FATAL = 0x84;
        public static final long FAULT_INFO = 0x88;
        public static final long FATAL_INFO = 0x90;
        public static final long HEAP_VT_START = 0xc0;
        public static final long HEAP_VT_END = 0xc4;
        public static final long HEAP_FRAG_END = 0xcc;
        public static final long HEAP_ADDRESS = 0xd0;
        public static final long SIZE = 0xd8;

        private CsOutput() {}
    }

    /// The user I/O pages of a queue: input page at +0, output page at +4096 of one 8 KiB object.
    public static final class UserIo {
        public static final long INSERT = 0x00;
        public static final long EXTRACT_INIT = 0x08;
        public static final long OUTPUT_PAGE = 0x1000;
        public static final long EXTRACT = OUTPUT_PAGE;
        public static final long ACTIVE = OUTPUT_PAGE + 0x08;
        public static final long SIZE = 0x2000;

        private UserIo() {}
    }
}
