package org.panscope.core.uapi;

import org.jspecify.annotations.Nullable;

/// Request codes. The RFC and mainline number 13 to 17 differently; these are the RFC's
/// (`rfc-usersubmit-v1`), on which the emulated driver is based, and the DRM core's own.
public enum Ioctl {
    DEV_QUERY(0xc010_6440),
    VM_CREATE(0xc010_6441),
    VM_DESTROY(0xc008_6442),
    VM_BIND(0xc018_6443),
    VM_GET_STATE(0xc008_6444),
    BO_CREATE(0xc018_6445),
    BO_MMAP_OFFSET(0xc010_6446),
    GROUP_CREATE(0xc040_6447),
    GROUP_DESTROY(0xc008_6448),
    GROUP_SUBMIT(0xc018_6449),
    GROUP_GET_STATE(0xc010_644a),
    TILER_HEAP_CREATE(0xc028_644b),
    TILER_HEAP_DESTROY(0xc008_644c),
    GROUP_KICK(0xc008_644d),
    XGS_QUEUE_CREATE(0xc010_644e),
    XGS_QUEUE_DESTROY(0xc008_644f),
    XGS_QUEUE_SUBMIT(0xc028_6450),
    SYNC_UPDATE(0xc008_6451),
    SYNCOBJ_CREATE(0xc008_64bf),
    SYNCOBJ_DESTROY(0xc008_64c0),
    SYNCOBJ_WAIT(0xc020_64c3),
    SYNCOBJ_RESET(0xc010_64c4),
    SYNCOBJ_SIGNAL(0xc010_64c5);

    private static final int NR_MASK = 0xff;

    private final int request;

    Ioctl(int request) {
        this.request = request;
    }

    public int request() {
        return request;
    }

    /// Size of the argument struct, as the code says.
    public int size() {
        return request >>> 16 & 0x3fff;
    }

    /// Which header numbers it.
    public String dialect() {
        return (request & NR_MASK) >= 0xa0 ? "drm" : "rfc-usersubmit-v1";
    }

    /// The ioctl with this code, whatever struct size the caller's headers had; null for none.
    public static @Nullable Ioctl of(int request) {
        for (Ioctl ioctl : values()) {
            if ((ioctl.request & 0xffff) == (request & 0xffff)) {
                return ioctl;
            }
        }
        return null;
    }
}
