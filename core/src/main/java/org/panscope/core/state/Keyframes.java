package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Trace;

import java.io.IOException;

/// States as bytes.
public final class Keyframes {
    /// Who can read them, with the version of their form.
    public static final String PRODUCER = "state/1";

    private Keyframes() {}

    /// The bytes of a state; equal states have equal bytes.
    public static byte[] write(ReducedState state) {
        return new KeyframeEncoder().encode(state);
    }

    /// The state these bytes stand for.
    ///
    /// @throws IOException if they are not what [#write] makes
    public static ReducedState read(byte[] bytes) throws IOException {
        return new KeyframeDecoder(bytes).decode();
    }

    /// A stored state, or null when it is damaged: a keyframe is a cache, the events tell the same.
    static @Nullable ReducedState readOrNull(Trace.Keyframe keyframe) {
        try {
            ReducedState state = read(keyframe.state());
            return state.position() == keyframe.seq() ? state : null;
        } catch (IOException e) {
            return null;
        }
    }
}
