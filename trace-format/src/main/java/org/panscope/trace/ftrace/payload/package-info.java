/// What the text after an event's name says: one small decoder per family of tracepoints.
@NullMarked
package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.NullMarked;
