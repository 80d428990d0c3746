package org.panscope.core.user;

import org.panscope.core.uapi.EventFd;

/// How a trace calls what a process knows only by a handle of its file. Handles are reused,
/// identities are not. A client never acts on an identity; it only puts it into the events it
/// records about its own stores.
public interface Identities {
    long UNKNOWN = -1;

    /// The group behind a handle, or [#UNKNOWN].
    long group(int fileId, int handle);

    /// The buffer object behind a handle, or [#UNKNOWN].
    long bufferObject(int fileId, int handle);

    /// The counter behind an eventfd, or [#UNKNOWN].
    long eventfd(EventFd eventfd);

    /// The GPU address space behind a handle, or [#UNKNOWN].
    long vm(int fileId, int handle);
}
