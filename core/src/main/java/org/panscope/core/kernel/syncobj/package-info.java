/// Sync objects in GPU memory as the driver reads and writes them.
@NullMarked
package org.panscope.core.kernel.syncobj;

import org.jspecify.annotations.NullMarked;
