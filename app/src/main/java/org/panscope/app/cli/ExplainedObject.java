package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The object of a question, in one of several ways.
final class ExplainedObject {
    @ArgGroup(exclusive = true)
    private @Nullable Named named;

    /// The ways to name it.
    static final class Named {
        @Option(
                names = "--object",
                paramLabel = "ID",
                converter = StateCommand.ObjectIdConverter.class,
                description = "As state names it, such as queue:1.0.")
        private @Nullable ObjectId id;

        @Option(names = "--fence", paramLabel = "CTX:SEQNO", description = "A fence.")
        private @Nullable String fence;

        @Option(names = "--queue", paramLabel = "GID.Q", description = "A queue.")
        private @Nullable String queue;

        @Option(names = "--group", paramLabel = "GID", description = "A group.")
        private @Nullable String group;

        @Option(names = "--sync", paramLabel = "VM:VA", description = "A sync object in memory.")
        private @Nullable String sync;

        @Option(
                names = "--syncobj",
                paramLabel = "FILE.HANDLE[@POINT]",
                description = "A drm_syncobj, or a point of its timeline.")
        private @Nullable String syncobj;

        @Option(names = "--vm", paramLabel = "ID", description = "An address space.")
        private @Nullable String vm;

        @Option(names = "--xgs-job", paramLabel = "N", description = "A job of an XGS queue.")
        private @Nullable String xgsJob;
    }

    /// Whether nothing was named.
    boolean isNone() {
        return named == null;
    }

    /// The object meant.
    ///
    /// @throws IllegalArgumentException if the name is not of the form asked for
    ObjectId id(MachineState state) {
        Named given = named;
        if (given == null) {
            throw new IllegalArgumentException("nothing was named");
        }
        if (given.id != null) {
            return given.id;
        }
        if (given.sync != null) {
            return syncObject(given.sync, state);
        }
        if (given.syncobj != null) {
            int at = given.syncobj.indexOf('@');
            return ObjectId.parse(
                    "syncobj:" + (at < 0 ? given.syncobj : given.syncobj.substring(0, at)));
        }
        return ObjectId.parse(
                given.fence != null
                        ? "fence:" + given.fence
                        : given.queue != null
                                ? "queue:" + given.queue
                                : given.group != null
                                        ? "group:" + given.group
                                        : given.vm != null
                                                ? "vm:" + given.vm
                                                : "xgs-job:" + given.xgsJob);
    }

    /// The point of a timeline, or null.
    ///
    /// @throws IllegalArgumentException if it is no number
    @Nullable Long point() {
        String syncobj = named == null ? null : named.syncobj;
        int at = syncobj == null ? -1 : syncobj.indexOf('@');
        if (syncobj == null || at < 0) {
            return null;
        }
        String point = syncobj.substring(at + 1);
        try {
            return Long.parseUnsignedLong(point);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("point=" + point + " is no number", e);
        }
    }

    private static ObjectId syncObject(String text, MachineState state) {
        int colon = text.indexOf(':');
        try {
            long vm = Long.parseLong(colon < 0 ? text : text.substring(0, colon));
            long va = Long.decode(text.substring(colon + 1));
            ObjectId id = ObjectId.sync(vm, va);
            return state.object(id) == null
                    ? new ObjectId("sync", vm + "@" + text.substring(colon + 1))
                    : id;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "sync object=" + text + " is not VM:VA, such as 2:0x100000", e);
        }
    }
}
