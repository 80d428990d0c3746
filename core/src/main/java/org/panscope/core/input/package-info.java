/// Opening whatever a user hands over: the format is found from the content, and every format ends
/// as a trace that can be read.
@NullMarked
package org.panscope.core.input;

import org.jspecify.annotations.NullMarked;
