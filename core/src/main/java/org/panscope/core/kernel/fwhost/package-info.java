/// The host's side of the firmware interface.
@NullMarked
package org.panscope.core.kernel.fwhost;

import org.jspecify.annotations.NullMarked;
