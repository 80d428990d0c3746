package org.panscope.core.sql.schema;

import java.util.List;

/// A table that SQL can name.
///
/// @param name what SQL calls it; quoted where it is no plain identifier
/// @param part what has to be loaded for it; tables of one part are loaded together
/// @param doc what a row is
/// @param columns in order
public record TableInfo(String name, String part, String doc, List<ColumnInfo> columns) {
    public TableInfo {
        columns = List.copyOf(columns);
    }

    /// Position of the named column, or -1.
    public int columnIndex(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        return -1;
    }
}
