/// The Explain panel: why the object shown does not run or is not signalled.
@NullMarked
package org.panscope.app.explain;

import org.jspecify.annotations.NullMarked;
