package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.trace.io.EventCursor;

/// What threads of applications do: ioctls and waits, as bars on the thread's row.
final class ThreadRules {
    /// Two kinds of bar on one row need keys apart: the pid, shifted, and one bit.
    private static final int IOCTL = 0;

    private static final int WAIT = 1;

    private ThreadRules() {}

    static void register(Rules rules, Build build) {
        rules.on(
                "IOCTL_ENTER",
                fields -> {
                    FieldReader name = fields.get("name");
                    return event ->
                            build.rowOf(event)
                                    .open(
                                            key(event, IOCTL),
                                            event,
                                            name.text(event),
                                            Style.ACTIVITY);
                });
        rules.on(
                "IOCTL_EXIT",
                fields -> {
                    FieldReader name = fields.get("name");
                    FieldReader result = fields.get("ret");
                    return event ->
                            build.rowOf(event)
                                    .close(
                                            key(event, IOCTL),
                                            event,
                                            name.text(event),
                                            result.number(event, 0) < 0 ? Style.ERROR : null);
                });
        rules.on(
                "USER_WAIT_BEGIN",
                fields -> {
                    FieldReader object = fields.get("object");
                    return event ->
                            build.rowOf(event)
                                    .open(
                                            key(event, WAIT),
                                            event,
                                            "wait " + object.text(event),
                                            Style.WAITING);
                });
        rules.on(
                "USER_WAIT_END",
                fields -> {
                    FieldReader object = fields.get("object");
                    FieldReader result = fields.get("result");
                    return event ->
                            build.rowOf(event)
                                    .close(
                                            key(event, WAIT),
                                            event,
                                            "wait " + object.text(event),
                                            result.number(event, 0) < 0 ? Style.ERROR : null);
                });
    }

    private static long key(EventCursor event, int kind) {
        return 2L * event.pid() + kind;
    }
}
