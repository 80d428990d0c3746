/// The tables SQL sees and their columns, by the vocabulary of the trace.
@NullMarked
package org.panscope.core.sql.schema;

import org.jspecify.annotations.NullMarked;
