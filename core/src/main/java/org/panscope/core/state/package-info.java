/// What everybody believed at any instant of a trace, reduced from its events alone. Emulated runs
/// and captures go through the same code; this package knows no emulator.
@NullMarked
package org.panscope.core.state;

import org.jspecify.annotations.NullMarked;
