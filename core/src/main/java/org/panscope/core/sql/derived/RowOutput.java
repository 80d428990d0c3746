package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;

/// Takes the rows of one table.
@FunctionalInterface
public interface RowOutput {
    /// Takes one row.
    ///
    /// @param values one a column, null where nothing is known
    void row(@Nullable Object... values);
}
