package org.panscope.core.explain;

import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;

import java.util.List;

/// What to say of an object nobody has heard of.
final class NearNames {
    private static final int SHOWN = 8;

    private NearNames() {}

    static String of(ObjectId id, MachineState state) {
        List<String> same =
                state.objects().keySet().stream()
                        .filter(other -> other.kind().equals(id.kind()))
                        .map(ObjectId::toString)
                        .toList();
        String after = "nothing is known of " + id + " after " + state.position() + " events; ";
        if (same.isEmpty()) {
            return after + "there is no " + id.kind() + " at all then";
        }
        String some = String.join(", ", same.subList(0, Math.min(SHOWN, same.size())));
        return after + "there is " + some + (same.size() > SHOWN ? ", ..." : "");
    }
}
