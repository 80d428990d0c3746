/// Chrome's trace event JSON, as many tools write it (Trace Event Format, Google, 2016).
@NullMarked
package org.panscope.trace.chrome;

import org.jspecify.annotations.NullMarked;
