package org.panscope.core.uapi;

import org.jspecify.annotations.Nullable;

/// Request codes: the DRM core's, those every panthor has, and those to which the RFC
/// (`rfc-usersubmit-v1`) and mainline (`mainline`) gave the same numbers.
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
    GROUP_KICK(0xc008_644d, Ioctl.RFC),
    XGS_QUEUE_CREATE(0xc010_644e, Ioctl.RFC),
    XGS_QUEUE_DESTROY(0xc008_644f, Ioctl.RFC),
    XGS_QUEUE_SUBMIT(0xc028_6450, Ioctl.RFC),
    SYNC_UPDATE(0xc008_6451, Ioctl.RFC),
    BO_SET_LABEL(0xc010_644d, Ioctl.MAINLINE),
    SET_USER_MMIO_OFFSET(0xc008_644e, Ioctl.MAINLINE),
    BO_SYNC(0xc010_644f, Ioctl.MAINLINE),
    BO_QUERY_INFO(0xc010_6450, Ioctl.MAINLINE),
    GEM_CLOSE(0x4008_6409),
    PRIME_HANDLE_TO_FD(0xc00c_642d),
    PRIME_FD_TO_HANDLE(0xc00c_642e),
    SYNCOBJ_CREATE(0xc008_64bf),
    SYNCOBJ_DESTROY(0xc008_64c0),
    SYNCOBJ_HANDLE_TO_FD(0xc018_64c1),
    SYNCOBJ_FD_TO_HANDLE(0xc018_64c2),
    SYNCOBJ_WAIT(0xc028_64c3),
    SYNCOBJ_RESET(0xc010_64c4),
    SYNCOBJ_SIGNAL(0xc010_64c5),
    SYNCOBJ_TIMELINE_WAIT(0xc030_64ca),
    SYNCOBJ_QUERY(0xc018_64cb),
    SYNCOBJ_TRANSFER(0xc020_64cc),
    SYNCOBJ_TIMELINE_SIGNAL(0xc018_64cd),
    SYNCOBJ_EVENTFD(0xc018_64cf);

    /// Dialect of the series.
    public static final String RFC = "rfc-usersubmit-v1";

    /// Dialect of the driver that was merged.
    public static final String MAINLINE = "mainline";

    /// What the DRM core handles for every driver.
    public static final String DRM = "drm";

    private static final int NR_MASK = 0xff;
    private static final int DRIVER_FIRST = 0x40;
    private static final int DRIVER_END = 0xa0;
    private static final int CODE_MASK = 0xffff;

    private final int request;
    private final @Nullable String only;

    Ioctl(int request) {
        this(request, null);
    }

    /// @param only the dialect that knows it
    Ioctl(int request, @Nullable String only) {
        this.request = request;
        this.only = only;
    }

    public int request() {
        return request;
    }

    /// The code as headers of a dialect have it.
    public int request(String dialect) {
        return this == GROUP_CREATE && dialect.equals(MAINLINE)
                ? withSize(GroupCreateArgs.BASE_SIZE)
                : request;
    }

    /// The code as headers have it that know a struct of this size.
    public int withSize(int bytes) {
        return (request & ~(0x3fff << 16)) | (bytes << 16);
    }

    /// Size of the argument struct, as the code says.
    public int size() {
        return sizeOf(request);
    }

    /// Size of the argument struct, as a code says.
    public static int sizeOf(int code) {
        return code >>> 16 & 0x3fff;
    }

    /// Whether this is the DRM core's own.
    public boolean isOfDrm() {
        int nr = request & NR_MASK;
        return nr < DRIVER_FIRST || nr >= DRIVER_END;
    }

    /// The dialect it is of, in a driver of the one given.
    public String dialect(String ofDriver) {
        return isOfDrm() ? DRM : ofDriver;
    }

    /// As [#of(int, String)] of a driver with the series.
    public static @Nullable Ioctl of(int request) {
        return of(request, RFC);
    }

    /// The ioctl with this code, whatever struct size the caller's headers had; null for none.
    ///
    /// @param dialect of the driver that is asked
    public static @Nullable Ioctl of(int request, String dialect) {
        for (Ioctl ioctl : values()) {
            boolean isKnown = ioctl.only == null || ioctl.only.equals(dialect);
            if (isKnown && (ioctl.request & CODE_MASK) == (request & CODE_MASK)) {
                return ioctl;
            }
        }
        return null;
    }
}
