/// How far a trace can be trusted: what it lacks, what it never held, and what in it does not fit
/// together.
@NullMarked
package org.panscope.core.capture.quality;

import org.jspecify.annotations.NullMarked;
