/// A command stream by itself: runs one in the interpreter without driver, firmware or queue, and
/// tells what was executed. What the command line offers of the emulator's stream units.
@NullMarked
package org.panscope.core.exec;

import org.jspecify.annotations.NullMarked;
