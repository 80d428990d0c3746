/// Physical memory and buffer objects: bytes at addresses.
@NullMarked
package org.panscope.core.mem;

import org.jspecify.annotations.NullMarked;
