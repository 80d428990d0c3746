/// How far the open trace can be trusted: what was lost, what found no partner, what was never
/// recorded.
@NullMarked
package org.panscope.app.quality;

import org.jspecify.annotations.NullMarked;
