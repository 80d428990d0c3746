/// How files get into the program: what opens them, how they are chosen and dropped.
@NullMarked
package org.panscope.app.open;

import org.jspecify.annotations.NullMarked;
