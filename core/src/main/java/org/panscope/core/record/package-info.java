/// Listens to a machine and writes its events into a trace.
@NullMarked
package org.panscope.core.record;

import org.jspecify.annotations.NullMarked;
