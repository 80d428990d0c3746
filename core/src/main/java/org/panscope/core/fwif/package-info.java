/// Layout of the memory that driver and firmware share, as in panthor_fw.h.
@NullMarked
package org.panscope.core.fwif;

import org.jspecify.annotations.NullMarked;
