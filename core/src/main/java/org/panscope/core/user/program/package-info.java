/// Programs that use the GPU the way real user-space drivers do: set up, work in a loop, stop.
@NullMarked
package org.panscope.core.user.program;

import org.jspecify.annotations.NullMarked;
