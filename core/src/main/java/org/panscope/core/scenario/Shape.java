package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The keys an object of a scenario file may have. The parser, the JSON Schema and the description
/// of the format all name the same keys; a test compares them.
///
/// @param name of the object, for messages and as name of its definition in the schema
record Shape(String name, List<Key> keys) {

    Shape {
        keys = List.copyOf(keys);
    }

    /// One key.
    ///
    /// @param about one sentence
    record Key(String name, ValueType type, boolean required, String about) {}

    static Key required(String name, ValueType type, String about) {
        return new Key(name, type, true, about);
    }

    static Key optional(String name, ValueType type, String about) {
        return new Key(name, type, false, about);
    }

    @Nullable Key key(String keyName) {
        for (Key key : keys) {
            if (key.name().equals(keyName)) {
                return key;
            }
        }
        return null;
    }
}
