/// Events of a capture that belong together: what begins an interval and what ends it, found in one
/// forward pass with memory for what is open and nothing else.
@NullMarked
package org.panscope.core.capture.pairing;

import org.jspecify.annotations.NullMarked;
