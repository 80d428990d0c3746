/// SQL over traces: an embedded DuckDB whose tables are the events of a trace, one view per event
/// type, and what is derived from them (`docs/query.md`).
@NullMarked
package org.panscope.core.sql;

import org.jspecify.annotations.NullMarked;
