/// Tests of the command line, in this JVM.
@NullMarked
package org.panscope.app.cli;

import org.jspecify.annotations.NullMarked;
