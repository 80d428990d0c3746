package org.panscope.core.uapi;

import org.jspecify.annotations.Nullable;

/// An open render node, as a process sees it. Calls may block the calling simulated thread; errors
/// are negated errno values, never exceptions.
public interface DeviceFile {
    /// The DRM file's number in the trace.
    int fileId();

    /// ioctl(2).
    ///
    /// @param request full request code, see [Ioctl]
    /// @param argument the struct, changed in place when the kernel copies back
    /// @return 0 or a negated errno
    int ioctl(int request, byte[] argument);

    /// mmap(2) of the device file.
    ///
    /// @param prot combination of [Mapping#READ], [Mapping#WRITE], [Mapping#EXEC]
    MmapResult mmap(long offset, long length, int prot);

    /// An eventfd of this process, initially 0.
    EventFd eventfd();

    /// What becomes of its mappings when the process ends: `exit_mm`.
    void unmapAll();

    /// close(2). What is mapped keeps the file.
    void close();

    // ---- other descriptors of the process that opened it

    /// close(2) of another descriptor.
    ///
    /// @return 0 or -EBADF
    int closeFd(int fd);

    /// What sendmsg(2) with SCM_RIGHTS takes with it.
    ///
    /// @return null when the descriptor is not open
    @Nullable OpenFile sent(int fd);

    /// What recvmsg(2) makes of it: a descriptor of this process.
    int received(OpenFile file);

    /// lseek(2) to the end: bytes of a dma-buf, or a negated errno.
    long sizeOf(int fd);

    /// What mmap(2) answered.
    ///
    /// @param errno 0 or negated
    /// @param mapping null unless errno is 0
    record MmapResult(int errno, @Nullable Mapping mapping) {}
}
