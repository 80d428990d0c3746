/// Decoder of ftrace text and of the `psm1` markers in it.
@NullMarked
package org.panscope.trace.ftrace;

import org.jspecify.annotations.NullMarked;
