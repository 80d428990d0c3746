/// Perfetto traces: reading what `perfetto`, `tracebox`, the SDK and Mesa write, and the packets an
/// export is made of.
@NullMarked
package org.panscope.trace.perfetto;

import org.jspecify.annotations.NullMarked;
