/// XGS queues: jobs of the kernel that wait for and signal sync objects in GPU memory.
@NullMarked
package org.panscope.core.kernel.xgs;

import org.jspecify.annotations.NullMarked;
