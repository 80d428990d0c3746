/// Files, ioctls and mappings: how processes get into the driver.
@NullMarked
package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.NullMarked;
