package org.panscope.core.scenario;

import java.util.List;

/// What may stand behind a key of a scenario.
sealed interface ValueType {

    /// Any string.
    record Text() implements ValueType {}

    /// A string that names something from now on.
    record Name(ObjectKind kind) implements ValueType {}

    /// The name of something a step defines.
    record Reference(ObjectKind kind) implements ValueType {}

    /// A whole number, or a string with a hexadecimal one.
    record Whole(long min, long max) implements ValueType {}

    /// A length of time: a string with unit, or a number of nanoseconds.
    record Duration() implements ValueType {}

    record Flag() implements ValueType {}

    /// One of some words.
    record Choice(List<String> words) implements ValueType {}

    /// A GPU address: a number or an expression such as `${cmd}+0x10`.
    record Address() implements ValueType {}

    /// Lines of assembly.
    record Assembly() implements ValueType {}

    /// Objects of one shape.
    record ListOf(Shape shape) implements ValueType {}

    /// An object of one shape.
    record One(Shape shape) implements ValueType {}

    /// Any strings.
    record Texts() implements ValueType {}

    /// Steps of a thread.
    record Steps() implements ValueType {}

    /// Names of settings with their values.
    record Settings() implements ValueType {}
}
