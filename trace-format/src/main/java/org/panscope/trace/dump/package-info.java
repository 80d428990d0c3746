/// Files that are no recordings of a trace: what a driver or a tool printed about a GPU at one
/// instant, or about its work without saying when.
@NullMarked
package org.panscope.trace.dump;

import org.jspecify.annotations.NullMarked;
