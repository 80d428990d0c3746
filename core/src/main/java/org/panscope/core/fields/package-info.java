/// Fields of events by name, looked up once for each type of a trace.
@NullMarked
package org.panscope.core.fields;

import org.jspecify.annotations.NullMarked;
