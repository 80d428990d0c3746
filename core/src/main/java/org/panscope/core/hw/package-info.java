/// The GPU's registers, interrupt lines, MMU and doorbell pages.
@NullMarked
package org.panscope.core.hw;

import org.jspecify.annotations.NullMarked;
