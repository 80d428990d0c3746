package org.panscope.core.fwif;

/// Bits and values in the words of [FwLayout].
///
/// kernel: drivers/gpu/drm/panthor/panthor_fw.h
public final class FwBits {
    public static final int GLB_HALT = 1;
    public static final int GLB_CFG_PROGRESS_TIMER = 1 << 1;
    public static final int GLB_CFG_ALLOC_EN = 1 << 2;
    public static final int GLB_CFG_POWEROFF_TIMER = 1 << 3;
    public static final int GLB_PROTM_ENTER = 1 << 4;
    public static final int GLB_PERFCNT_EN = 1 << 5;
    public static final int GLB_PERFCNT_SAMPLE = 1 << 6;
    public static final int GLB_COUNTER_EN = 1 << 7;
    public static final int GLB_PING = 1 << 8;
    public static final int GLB_FWCFG_UPDATE = 1 << 9;
    public static final int GLB_IDLE_EN = 1 << 10;

    /// Before interface version 4.1.
    public static final int GLB_SLEEP = 1 << 12;

    /// From interface version 4.1 on: one of the `GLB_STATE` values.
    public static final int GLB_STATE_MASK = 7 << 12;

    public static final int GLB_STATE_ACTIVE = 0;
    public static final int GLB_STATE_HALT = 1 << 12;
    public static final int GLB_STATE_SLEEP = 2 << 12;
    public static final int GLB_STATE_SUSPEND = 3 << 12;
    public static final int GLB_INACTIVE_COMPUTE = 1 << 20;
    public static final int GLB_INACTIVE_FRAGMENT = 1 << 21;
    public static final int GLB_INACTIVE_TILER = 1 << 22;
    public static final int GLB_PROTM_EXIT = 1 << 23;
    public static final int GLB_PERFCNT_THRESHOLD = 1 << 24;
    public static final int GLB_PERFCNT_OVERFLOW = 1 << 25;
    public static final int GLB_IDLE = 1 << 26;
    public static final int HALT_STATUS_PANIC = 0x4e;
    public static final int HALT_STATUS_WATCHDOG = 0x4f;

    public static final int CSG_STATE_MASK = 0x7;
    public static final int CSG_STATE_TERMINATE = 0;
    public static final int CSG_STATE_START = 1;
    public static final int CSG_STATE_SUSPEND = 2;
    public static final int CSG_STATE_RESUME = 3;
    public static final int CSG_ENDPOINT_CONFIG = 1 << 4;
    public static final int CSG_STATUS_UPDATE = 1 << 5;
    public static final int CSG_SYNC_UPDATE = 1 << 28;
    public static final int CSG_IDLE = 1 << 29;
    public static final int CSG_DOORBELL = 1 << 30;
    public static final int CSG_PROGRESS_TIMER_EVENT = 1 << 31;
    public static final int CSG_STATUS_STATE_IS_IDLE = 1;

    public static final int CS_STATE_MASK = 0x7;
    public static final int CS_STATE_STOP = 0;
    public static final int CS_STATE_START = 1;
    public static final int CS_EXTRACT_EVENT = 1 << 4;
    public static final int CS_IDLE_SYNC_WAIT = 1 << 8;
    public static final int CS_IDLE_PROTM_PENDING = 1 << 9;
    public static final int CS_IDLE_EMPTY = 1 << 10;
    public static final int CS_IDLE_RESOURCE_REQ = 1 << 11;
    public static final int CS_TILER_OOM = 1 << 26;
    public static final int CS_PROTM_PENDING = 1 << 27;
    public static final int CS_FATAL = 1 << 30;
    public static final int CS_FAULT = 1 << 31;

    public static final int BLOCKED_REASON_UNBLOCKED = 0;
    public static final int BLOCKED_REASON_SB_WAIT = 1;
    public static final int BLOCKED_REASON_PROGRESS_WAIT = 2;
    public static final int BLOCKED_REASON_SYNC_WAIT = 3;
    public static final int BLOCKED_REASON_DEFERRED = 4;
    public static final int BLOCKED_REASON_RESOURCE = 5;
    public static final int BLOCKED_REASON_FLUSH = 6;

    public static final int STATUS_WAIT_SB_SRC_WAIT = 8 << 16;
    public static final int STATUS_WAIT_SYNC_COND_GT = 1 << 24;
    public static final int STATUS_WAIT_PROGRESS = 1 << 28;
    public static final int STATUS_WAIT_PROTM = 1 << 29;
    public static final int STATUS_WAIT_SYNC_64B = 1 << 30;
    public static final int STATUS_WAIT_SYNC = 1 << 31;

    private FwBits() {}
}
