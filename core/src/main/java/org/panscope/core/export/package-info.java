/// Traces in formats of other tools, where a format shows more than events: bars, counters, links.
@NullMarked
package org.panscope.core.export;

import org.jspecify.annotations.NullMarked;
