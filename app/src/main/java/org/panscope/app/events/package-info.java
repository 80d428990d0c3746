/// The event list with its filter, and the fields of the current event.
@NullMarked
package org.panscope.app.events;

import org.jspecify.annotations.NullMarked;
