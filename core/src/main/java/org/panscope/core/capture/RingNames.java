package org.panscope.core.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rings of the GPU scheduler by number, in the order they were first named. Bounded: a damaged
/// capture may name a new ring in every event; those that no longer fit share one number.
final class RingNames {
    /// The ring of jobs of which nothing tells the ring.
    static final int UNKNOWN = 0;

    /// Every ring for which there was no more room.
    static final int MORE = 1;

    private static final int MOST = 50_000;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>(List.of("ring unknown", ""));

    int of(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (names.size() >= MOST) {
            return MORE;
        }
        int number = names.size();
        names.add(name);
        numbers.put(name, number);
        return number;
    }

    String name(int number) {
        return names.get(number);
    }
}
