package org.panscope.core.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Texts of bars and instants, each stored once.
final class Labels {
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();

    int of(String text) {
        Integer known = indices.get(text);
        if (known != null) {
            return known;
        }
        indices.put(text, texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    List<String> all() {
        return texts;
    }
}
