/// Several captures of one run as one trace: their clocks aligned, their events in order.
@NullMarked
package org.panscope.core.merge;

import org.jspecify.annotations.NullMarked;
