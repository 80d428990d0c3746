/// What a timeline shows, in columns: rows of state bars, instants and counters, made from a trace
/// in one forward pass. Knows the event vocabulary and nothing of drawing.
@NullMarked
package org.panscope.core.timeline;

import org.jspecify.annotations.NullMarked;
