/// The open trace, the cursor in it and everything that moves the cursor. No scene classes.
@NullMarked
package org.panscope.app.session;

import org.jspecify.annotations.NullMarked;
