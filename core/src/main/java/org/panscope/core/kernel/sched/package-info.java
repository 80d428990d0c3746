/// Groups, queues, and the scheduler that gives groups CSG slots.
@NullMarked
package org.panscope.core.kernel.sched;

import org.jspecify.annotations.NullMarked;
