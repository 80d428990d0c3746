/// Who waits for whom, as a graph: cycles, DOT and SVG.
@NullMarked
package org.panscope.core.explain.graph;

import org.jspecify.annotations.NullMarked;
