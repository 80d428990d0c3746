/// What any driver builds on: work queues, runtime power management, eventfds, handle tables.
@NullMarked
package org.panscope.core.kernel.base;

import org.jspecify.annotations.NullMarked;
