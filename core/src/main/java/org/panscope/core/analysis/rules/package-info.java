/// The rules, one class each, and the model of the machine they share.
///
/// A rule is a [org.panscope.core.analysis.rules.Rule]: it is shown the events it asked for, after
/// the [org.panscope.core.analysis.rules.Machine] has taken note of them. The numbers I1 to I36 are
/// those of the review of the user-submission series; C1 and up are of use on any capture.
@NullMarked
package org.panscope.core.analysis.rules;

import org.jspecify.annotations.NullMarked;
