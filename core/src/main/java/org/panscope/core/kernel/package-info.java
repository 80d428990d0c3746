/// The emulated panthor driver, as posted in the user-submission RFC on its v6.11 base.
@NullMarked
package org.panscope.core.kernel;

import org.jspecify.annotations.NullMarked;
