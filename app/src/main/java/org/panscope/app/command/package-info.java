/// Every action of the window: one table with id, title, key and menu, and the bus that runs it.
@NullMarked
package org.panscope.app.command;

import org.jspecify.annotations.NullMarked;
