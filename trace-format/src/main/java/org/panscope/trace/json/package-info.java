/// The JSON Lines twin of the container.
@NullMarked
package org.panscope.trace.json;

import org.jspecify.annotations.NullMarked;
