/// The `.pscope` container: writer, memory-mapped reader, and the types both speak.
@NullMarked
package org.panscope.trace.io;

import org.jspecify.annotations.NullMarked;
