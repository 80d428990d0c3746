/// Tiler heaps: memory the tiler takes in chunks, which the driver hands out and takes back.
@NullMarked
package org.panscope.core.kernel.heap;

import org.jspecify.annotations.NullMarked;
