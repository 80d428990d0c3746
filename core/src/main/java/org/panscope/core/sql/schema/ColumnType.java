package org.panscope.core.sql.schema;

import org.panscope.trace.schema.FieldInfo;

/// SQL types of columns; any column may be NULL, which means that nobody observed the value.
public enum ColumnType {
    /// Signed 64 bits. Counts and sizes, too, so that differences may be negative.
    BIGINT,
    /// Unsigned 64 bits: addresses, masks, raw words.
    UBIGINT,
    BOOLEAN,
    VARCHAR,
    BLOB;

    /// The type of an event field.
    public static ColumnType of(FieldInfo field) {
        return switch (field.kind()) {
            case INT -> !field.signed() && field.unit().isHexadecimal() ? UBIGINT : BIGINT;
            case BOOL -> BOOLEAN;
            case TEXT, ENUM -> VARCHAR;
            case BYTES -> BLOB;
        };
    }
}
