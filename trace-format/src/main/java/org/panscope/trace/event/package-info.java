/// The vocabulary of events, one record each, grouped by who they happen to.
@NullMarked
package org.panscope.trace.event;

import org.jspecify.annotations.NullMarked;
