package org.panscope.trace.schema;

/// Receives the values of one event field by field, numbers without boxing.
public interface FieldSink {
    /// The field has no value.
    void absent(int field);

    /// Value of an INT field, 0 or 1 of a BOOL field, label index of an ENUM field.
    void number(int field, long value);

    /// Value of a TEXT field.
    void text(int field, String value);

    /// Value of a BYTES field; the array is not kept.
    void bytes(int field, byte[] value);
}
