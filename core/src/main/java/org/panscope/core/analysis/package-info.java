/// What is wrong in a trace: rules that watch its events go by and report findings with the events
/// that prove them.
///
/// [org.panscope.core.analysis.Analyzer] runs the rules of
/// [org.panscope.core.analysis.rules.RuleCatalog] in one pass, streaming; what they remember is
/// bounded by the objects that are alive. The rules read events of the vocabulary alone, so that
/// they judge emulated runs and captures alike. Knows no emulator.
@NullMarked
package org.panscope.core.analysis;

import org.jspecify.annotations.NullMarked;
