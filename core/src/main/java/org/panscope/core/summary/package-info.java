/// A trace in one paragraph: what was submitted, what was rung, what came of it.
@NullMarked
package org.panscope.core.summary;

import org.jspecify.annotations.NullMarked;
