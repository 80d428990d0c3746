package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.Errno;

/// What a system call answered: 0 and a value, or a negated errno and none. An error of the
/// emulated kernel is data, not an exception.
public final class IoctlResult<T> {
    private final int errno;
    private final @Nullable T value;

    private IoctlResult(int errno, @Nullable T value) {
        this.errno = errno;
        this.value = value;
    }

    public static <T> IoctlResult<T> ok(T value) {
        return new IoctlResult<>(0, value);
    }

    /// A call that failed.
    ///
    /// @param errno negated, not 0
    public static <T> IoctlResult<T> error(int errno) {
        if (errno == 0) {
            throw new IllegalArgumentException("errno=0 is no error");
        }
        return new IoctlResult<>(errno, null);
    }

    /// 0 or a negated errno.
    public int errno() {
        return errno;
    }

    public boolean isOk() {
        return errno == 0;
    }

    /// The value.
    ///
    /// @throws IllegalStateException if the call failed
    public T value() {
        T present = value;
        if (present == null) {
            throw new IllegalStateException("the call failed with " + Errno.name(errno));
        }
        return present;
    }
}
