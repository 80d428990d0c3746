/// A deterministic discrete-event machine with simulated threads; knows no GPU.
@NullMarked
package org.panscope.core.sim;

import org.jspecify.annotations.NullMarked;
