/// Measures the container on the machine at hand.
@NullMarked
package org.panscope.trace.io.bench;

import org.jspecify.annotations.NullMarked;
