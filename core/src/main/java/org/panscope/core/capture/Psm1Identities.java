package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;

/// What the handles in `psm1` markers stand for in a whole trace. Handles are per DRM file; each
/// becomes a number made of process, file and handle, so that an identity is the same wherever
/// reading starts. Numbers that do not fit have no identity.
final class Psm1Identities {
    private static final long HANDLES = 1000;
    private static final long FILES = 1000;

    /// Processes are numbered below this (PID_MAX_LIMIT).
    private static final int MAX_PID = 1 << 22;

    /// Files whose identity fits in 31 bits.
    private static final int FILES_WITH_IDENTITY = 512;

    /// Address spaces are numbered below this in each file (PANTHOR_MAX_VMS_PER_FILE is 32), and
    /// files below the next where their address spaces are to be told apart.
    private static final long VMS = 64;

    private static final long FILES_WITH_VMS = 8;

    private final Psm1Processes processes;
    private final Psm1Clients clients;

    Psm1Identities(Psm1Processes processes, Psm1Clients clients) {
        this.processes = processes;
        this.clients = clients;
    }

    /// The group a marker names, or null.
    @Nullable Long gid(Event event) {
        return handle(event, "g");
    }

    /// The DRM file of a marker, or null.
    @Nullable Integer fileId(Event event) {
        Long file = file(event);
        int process = processes.processOf(event.header().pid());
        return file == null || file >= FILES_WITH_IDENTITY || process >= MAX_PID
                ? null
                : (int) (file * MAX_PID) + process;
    }

    /// Identity of what a per-file handle stands for.
    @Nullable Long handle(Event event, String key) {
        Long handle = Psm1Fields.number(event, key);
        Long file = file(event);
        if (handle == null || handle < 0 || handle >= HANDLES || file == null) {
            return null;
        }
        long process = processes.processOf(event.header().pid());
        return (process * FILES + file) * HANDLES + handle;
    }

    /// `process.file`: who the handles of a marker belong to.
    String fileKey(Event event) {
        return processes.processOf(event.header().pid()) + "." + file(event);
    }

    /// The address space a marker is about: the one it names, else the client's only one.
    @Nullable Integer vmOf(Event event) {
        Long named = Psm1Fields.number(event, "vm");
        return vmId(event, named == null ? clients.onlyVm(fileKey(event)) : named);
    }

    /// Identity of an address space, by its handle in the file a marker is about.
    @Nullable Integer vmId(Event event, @Nullable Long handle) {
        Long file = file(event);
        long process = processes.processOf(event.header().pid());
        return handle == null
                        || handle < 0
                        || handle >= VMS
                        || file == null
                        || file >= FILES_WITH_VMS
                        || process >= MAX_PID
                ? null
                : (int) ((file * VMS + handle) * MAX_PID + process);
    }

    /// The DRM file as the client numbers it; a client with one file does not.
    private static @Nullable Long file(Event event) {
        if (event.type().fieldIndex("f") < 0) {
            return 0L;
        }
        Long file = Psm1Fields.number(event, "f");
        return file == null || file < 0 || file >= FILES ? null : file;
    }
}
