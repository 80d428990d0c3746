/// Buffer objects, GPU address spaces, page tables, and the MMU's address-space slots.
@NullMarked
package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.NullMarked;
