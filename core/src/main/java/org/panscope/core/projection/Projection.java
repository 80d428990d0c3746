package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.Labelled;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the live machine is at one instant, object by object, as a reduced state should show it.
/// Quantities not mentioned are not claimed: a part of the machine speaks for itself only.
public final class Projection {
    private final SequencedMap<ObjectId, Claims> objects = new LinkedHashMap<>();
    private final SortedSet<String> completeKinds = new TreeSet<>();
    private final SortedMap<Integer, BufferObject> buffers = new TreeMap<>();

    /// An object that exists.
    public Claims object(ObjectId id) {
        return objects.computeIfAbsent(id, missing -> new Claims());
    }

    /// All objects of this kind are in the projection: others must not be in the state.
    public void complete(String kind) {
        completeKinds.add(kind);
    }

    /// A live buffer object; all of its bytes must be known and the same.
    public void buffer(BufferObject buffer) {
        buffers.put(buffer.id(), buffer);
    }

    public SequencedMap<ObjectId, Claims> objects() {
        return Collections.unmodifiableSequencedMap(objects);
    }

    public SortedSet<String> completeKinds() {
        return Collections.unmodifiableSortedSet(completeKinds);
    }

    public SortedMap<Integer, BufferObject> buffers() {
        return Collections.unmodifiableSortedMap(buffers);
    }

    /// One value.
    ///
    /// @param value a number, `Boolean` or `String`; null when there is none
    /// @param mayBeUnset whether there may be none as well
    public record Claim(
            Belief belief, String quantity, @Nullable Object value, boolean mayBeUnset) {}

    /// What is true of one object.
    public static final class Claims {
        private final List<Claim> claims = new ArrayList<>();
        private final Map<Belief, String> completePrefixes = new EnumMap<>(Belief.class);

        private Claims() {}

        /// Claims a value: a number, `Boolean`, `String` or label; null claims that there is none.
        public Claims is(Belief belief, String quantity, @Nullable Object value) {
            claims.add(new Claim(belief, quantity, plain(value), false));
            return this;
        }

        /// Claims a value; while it is still the one it started with, there may be none as well.
        public Claims isOrUnset(Belief belief, String quantity, Object value, Object initial) {
            claims.add(new Claim(belief, quantity, plain(value), value.equals(initial)));
            return this;
        }

        /// All quantities of a believer whose names begin so are claimed: there must be no others.
        public Claims completeFrom(Belief belief, String prefix) {
            completePrefixes.put(belief, prefix);
            return this;
        }

        /// Whether a quantity nobody claimed must not be there.
        public boolean excludes(Belief belief, String quantity) {
            String prefix = completePrefixes.get(belief);
            return prefix != null
                    && quantity.startsWith(prefix)
                    && claims.stream()
                            .noneMatch(claim ->
                                    claim.belief() == belief && claim.quantity().equals(quantity));
        }

        /// Whether there are quantities of which all are claimed.
        public boolean isCompleteSomewhere() {
            return !completePrefixes.isEmpty();
        }

        /// Whether everything claimed may be unset, so that nothing need have been heard of it.
        public boolean mayBeUnknown() {
            return claims.stream().allMatch(Claim::mayBeUnset);
        }

        private static @Nullable Object plain(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Integer number -> number.longValue();
                case Labelled constant -> constant.label();
                default -> value;
            };
        }

        /// All claims, as they were made.
        public List<Claim> all() {
            return Collections.unmodifiableList(claims);
        }
    }
}
