/// Why something does not happen: chains of reasons through the reduced state and the events that
/// prove them. Reads traces only, emulated or captured.
@NullMarked
package org.panscope.core.explain;

import org.jspecify.annotations.NullMarked;
