/// Tables computed from the events of a trace in one forward pass. Rows go to whoever asks; nothing
/// here knows a database.
@NullMarked
package org.panscope.core.sql.derived;

import org.jspecify.annotations.NullMarked;
