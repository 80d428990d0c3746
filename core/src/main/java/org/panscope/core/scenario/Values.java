package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of one object of a scenario file, after its [Shape] was checked. Reading a key in a
/// way its type does not allow is a bug of the reader.
final class Values {
    private final Place place;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    Values(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    /// Where the value of a key stands, or the object itself when the key is absent.
    Place place(String key) {
        return places.getOrDefault(key, place);
    }

    void put(String key, Place at, Object value) {
        places.put(key, at);
        values.put(key, value);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) {
        return get(key, String.class);
    }

    @Nullable String textOrNull(String key) {
        return has(key) ? text(key) : null;
    }

    String text(String key, String absent) {
        return has(key) ? text(key) : absent;
    }

    long number(String key) {
        return get(key, Long.class);
    }

    long number(String key, long absent) {
        return has(key) ? number(key) : absent;
    }

    int integer(String key, int absent) {
        return Math.toIntExact(number(key, absent));
    }

    boolean flag(String key) {
        return has(key) && get(key, Boolean.class);
    }

    /// Instruction words.
    Code code(String key) {
        return get(key, Code.class);
    }

    List<Values> list(String key) {
        return has(key) ? get(key, ValueList.class).elements() : List.of();
    }

    Values one(String key) {
        return get(key, Values.class);
    }

    List<Step> steps(String key) {
        return get(key, StepList.class).steps();
    }

    List<String> texts(String key) {
        return has(key)
                ? get(key, TextList.class).texts().stream().map(LocatedText::text).toList()
                : List.of();
    }

    /// Strings, each with its place.
    List<LocatedText> locatedTexts(String key) {
        return has(key) ? get(key, TextList.class).texts() : List.of();
    }

    /// The raw value, for passes that replace it.
    @Nullable Object raw(String key) {
        return values.get(key);
    }

    Iterable<String> keys() {
        return values.keySet();
    }

    private <T> T get(String key, Class<T> type) {
        Object value = values.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalStateException(
                    "key=" + key + " holds " + value + ", not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /// A string and where it stands.
    record LocatedText(Place place, String text) {}

    /// Objects of one shape.
    record ValueList(List<Values> elements) {}

    /// Steps.
    record StepList(List<Step> steps) {}

    /// Strings: assembly that is not assembled yet, or names of rules.
    record TextList(List<LocatedText> texts) {}

    /// An address that is not evaluated yet.
    record AddressText(String text) {}
}
