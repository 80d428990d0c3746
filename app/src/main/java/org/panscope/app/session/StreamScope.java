package org.panscope.app.session;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command streams whose instructions are walked.
///
/// @param name what it is called in messages
/// @param gid group whose streams are meant, on whatever slot it is, or [#ANY]
/// @param csg slot; for a group the one it is on where the walk begins, [#NONE] when it is off slot
/// @param cs stream of that slot, or [#ANY]
record StreamScope(String name, long gid, int csg, int cs) {
    static final int ANY = -1;
    static final int NONE = -2;

    /// Every stream there is.
    static final StreamScope ALL = new StreamScope("any stream", ANY, ANY, ANY);

    private static final Pattern INTERFACE = Pattern.compile("CSG(\\d{1,4})(?:\\.CS(\\d{1,4}))?");
    private static final Pattern STREAM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final Pattern QUEUE = Pattern.compile("(\\d{1,18})\\.(\\d{1,4})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /// One interface.
    static StreamScope stream(int csg, int cs) {
        return new StreamScope("cs:" + csg + "." + cs, ANY, csg, cs);
    }

    /// The streams an object stands for: those of a queue, a group, a slot or an interface; all of
    /// them for any other object.
    static StreamScope of(@Nullable ObjectId object, MachineState state) {
        if (object == null) {
            return ALL;
        }
        return switch (object.kind()) {
            case "cs" -> parse(object, STREAM);
            case "iface" -> parse(object, INTERFACE);
            case "slot" ->
                    NUMBER.matcher(object.key()).matches()
                            ? new StreamScope(
                                    object.toString(), ANY, Integer.parseInt(object.key()), ANY)
                            : ALL;
            case "queue" -> {
                Matcher queue = QUEUE.matcher(object.key());
                yield queue.matches()
                        ? ofGroup(
                                object,
                                Long.parseLong(queue.group(1)),
                                Integer.parseInt(queue.group(2)),
                                state)
                        : ALL;
            }
            case "group" ->
                    NUMBER.matcher(object.key()).matches()
                            ? ofGroup(object, Long.parseLong(object.key()), ANY, state)
                            : ALL;
            default -> ALL;
        };
    }

    boolean holds(int slot, int stream) {
        return (csg == ANY || csg == slot) && (cs == ANY || cs == stream);
    }

    /// The same streams after the group came to another slot.
    StreamScope on(int slot) {
        return new StreamScope(name, gid, slot, cs);
    }

    private static StreamScope parse(ObjectId object, Pattern pattern) {
        Matcher matcher = pattern.matcher(object.key());
        if (!matcher.matches()) {
            return ALL;
        }
        int stream = matcher.group(2) == null ? ANY : Integer.parseInt(matcher.group(2));
        return new StreamScope(object.toString(), ANY, Integer.parseInt(matcher.group(1)), stream);
    }

    private static StreamScope ofGroup(ObjectId object, long gid, int cs, MachineState state) {
        ObjectState group = state.object(ObjectId.of("group", gid));
        Cell slot = group == null ? null : group.get(Belief.KERNEL, "slot");
        int csg = NONE;
        if (slot != null && slot.value() instanceof Long number && number >= 0) {
            csg = number.intValue();
        }
        return new StreamScope(object.toString(), gid, csg, cs);
    }
}
