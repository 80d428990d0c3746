package org.panscope.core.uapi;

/// Error numbers, as the kernel returns them: negated.
public final class Errno {
    public static final int EPERM = -1;
    public static final int ENOENT = -2;
    public static final int ESRCH = -3;
    public static final int EINTR = -4;
    public static final int EIO = -5;
    public static final int E2BIG = -7;
    public static final int EBADF = -9;
    public static final int EAGAIN = -11;
    public static final int ENOMEM = -12;
    public static final int EACCES = -13;
    public static final int EFAULT = -14;
    public static final int EBUSY = -16;
    public static final int ENODEV = -19;
    public static final int EINVAL = -22;
    public static final int ENOTTY = -25;
    public static final int ESPIPE = -29;
    public static final int EDEADLK = -35;
    public static final int ETIME = -62;
    public static final int ETIMEDOUT = -110;
    public static final int ECANCELED = -125;

    private Errno() {}

    /// `-EINVAL` for -22, `0` for 0, the number itself where it has no name here.
    public static String name(int errno) {
        return switch (errno) {
            case 0 -> "0";
            case EPERM -> "-EPERM";
            case ENOENT -> "-ENOENT";
            case ESRCH -> "-ESRCH";
            case EINTR -> "-EINTR";
            case EIO -> "-EIO";
            case E2BIG -> "-E2BIG";
            case EBADF -> "-EBADF";
            case EAGAIN -> "-EAGAIN";
            case ENOMEM -> "-ENOMEM";
            case EACCES -> "-EACCES";
            case EFAULT -> "-EFAULT";
            case EBUSY -> "-EBUSY";
            case ENODEV -> "-ENODEV";
            case EINVAL -> "-EINVAL";
            case ENOTTY -> "-ENOTTY";
            case ESPIPE -> "-ESPIPE";
            case EDEADLK -> "-EDEADLK";
            case ETIME -> "-ETIME";
            case ETIMEDOUT -> "-ETIMEDOUT";
            case ECANCELED -> "-ECANCELED";
            default -> Integer.toString(errno);
        };
    }
}
