/// The main window: layout, menus, keys, dialogs, and what it remembers between starts.
@NullMarked
package org.panscope.app.shell;

import org.jspecify.annotations.NullMarked;
