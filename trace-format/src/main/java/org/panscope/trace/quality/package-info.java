/// What a trace does not know: losses and import problems.
@NullMarked
package org.panscope.trace.quality;

import org.jspecify.annotations.NullMarked;
