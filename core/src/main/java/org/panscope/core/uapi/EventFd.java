package org.panscope.core.uapi;

/// An eventfd(2) as a process holds it.
public interface EventFd {
    /// Number of the descriptor, as put into ioctl arguments.
    int fd();

    /// read(2): waits until the counter is not 0, then returns it and sets it to 0.
    ///
    /// @param timeoutNs how long to wait, [org.panscope.core.sim.WaitQueue#FOREVER] for ever
    /// @return the counter, or 0 when the time was over
    long read(long timeoutNs);
}
