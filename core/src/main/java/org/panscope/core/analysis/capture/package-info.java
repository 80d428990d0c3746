/// Rules of use on any capture: they look at intervals that tracepoints show, not at the events of
/// the vocabulary. An emulated run is judged by the rules of
/// [org.panscope.core.analysis.rules.RuleCatalog] alone, which see more of it.
@NullMarked
package org.panscope.core.analysis.capture;

import org.jspecify.annotations.NullMarked;
