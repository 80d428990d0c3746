/// What imported captures mean: which track an event belongs on, and what `psm1` markers say in the
/// vocabulary.
@NullMarked
package org.panscope.core.capture;

import org.jspecify.annotations.NullMarked;
