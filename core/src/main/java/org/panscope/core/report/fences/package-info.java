/// The fence report: the questions of the series' reviewers, answered for a trace in one pass.
@NullMarked
package org.panscope.core.report.fences;

import org.jspecify.annotations.NullMarked;
