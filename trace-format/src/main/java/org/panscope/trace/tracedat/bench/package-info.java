/// A generated `trace.dat` for measuring how fast captures are read.
@NullMarked
package org.panscope.trace.tracedat.bench;

import org.jspecify.annotations.NullMarked;
