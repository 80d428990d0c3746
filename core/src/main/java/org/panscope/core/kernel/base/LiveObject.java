package org.panscope.core.kernel.base;

/// Something of the driver that exists from an event that says so to another: a fence, a job. The
/// [KernelContext] lists those that are alive, for projections.
public interface LiveObject {
    /// Name of it in events: `kind:key`.
    String objectId();
}
