package org.panscope.trace.schema;

/// How a field's values are stored. Every kind may also be absent (never observed).
public enum FieldKind {
    /// 64-bit integer; the unit says whether it is an address, a count, ...; Java `Long`.
    INT,
    /// Java `Boolean`.
    BOOL,
    /// UTF-8 text; Java `String`.
    TEXT,
    /// One of the labels of [FieldInfo#labels()]; Java `String`.
    ENUM,
    /// Raw bytes; Java `byte[]`.
    BYTES
}
