package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.Labelled;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the live machine is at one instant, object by object, as a reduced state should show it.
/// Quantities not mentioned are not claimed: a part of the machine speaks for itself only.
public final class Projection {
    private final SortedMap<ObjectId, Claims> objects = new TreeMap<>();
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

    public SortedMap<ObjectId, Claims> objects() {
        return Collections.unmodifiableSortedMap(objects);
    }

    public SortedSet<String> completeKinds() {
        return Collections.unmodifiableSortedSet(completeKinds);
    }

    public SortedMap<Integer, BufferObject> buffers() {
        return Collections.unmodifiableSortedMap(buffers);
    }

    /// What is true of one object.
    public static final class Claims {
        private final Map<Belief, SortedMap<String, @Nullable Object>> values =
                new EnumMap<>(Belief.class);
        private final Map<Belief, SortedSet<String>> initials = new EnumMap<>(Belief.class);

        private final Map<Belief, String> completePrefixes = new EnumMap<>(Belief.class);

        private Claims() {}

        /// Claims a value: a number, `Boolean`, `String` or label; null claims that there is none.
        public Claims is(Belief belief, String quantity, @Nullable Object value) {
            values.computeIfAbsent(belief, missing -> new TreeMap<>()).put(quantity, plain(value));
            return this;
        }

        /// Claims a value; while it is still the one it started with, there may be none as well.
        public Claims isOrUnset(Belief belief, String quantity, Object value, Object initial) {
            if (value.equals(initial)) {
                initials.computeIfAbsent(belief, missing -> new TreeSet<>()).add(quantity);
            }
            return is(belief, quantity, value);
        }

        /// All quantities of a believer whose names begin so are claimed: there must be no others.
        public Claims completeFrom(Belief belief, String prefix) {
            completePrefixes.put(belief, prefix);
            return this;
        }

        /// Whether a quantity nobody claimed must not be there.
        public boolean excludes(Belief belief, String quantity) {
            String prefix = completePrefixes.get(belief);
            SortedMap<String, @Nullable Object> claimed = values.get(belief);
            return prefix != null
                    && quantity.startsWith(prefix)
                    && (claimed == null || !claimed.containsKey(quantity));
        }

        /// Whether a quantity may be unset instead of having the value claimed.
        public boolean maybeUnset(Belief belief, String quantity) {
            SortedSet<String> quantities = initials.get(belief);
            return quantities != null && quantities.contains(quantity);
        }

        /// Whether everything claimed may be unset, so that nothing need have been heard of it.
        public boolean mayBeUnknown() {
            return values.entrySet().stream()
                    .allMatch(entry ->
                            entry.getValue().keySet().stream()
                                    .allMatch(name -> maybeUnset(entry.getKey(), name)));
        }

        private static @Nullable Object plain(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Integer number -> number.longValue();
                case Labelled constant -> constant.label();
                default -> value;
            };
        }

        /// All claims, belief by belief.
        public Map<Belief, SortedMap<String, @Nullable Object>> values() {
            return Collections.unmodifiableMap(values);
        }
    }
}
