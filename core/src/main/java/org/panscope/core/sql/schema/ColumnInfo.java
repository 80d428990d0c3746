package org.panscope.core.sql.schema;

/// A column of a table.
///
/// @param doc what it says, may be empty
public record ColumnInfo(String name, ColumnType type, String doc) {}
