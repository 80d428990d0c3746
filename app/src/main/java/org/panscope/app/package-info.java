/// The program: one launcher for the window and the command line.
@NullMarked
package org.panscope.app;

import org.jspecify.annotations.NullMarked;
