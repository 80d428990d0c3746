/// The command line. Each command is a small class; what it does lives below it.
@NullMarked
package org.panscope.app.cli;

import org.jspecify.annotations.NullMarked;
