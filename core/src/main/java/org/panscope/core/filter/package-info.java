/// The filter language: expressions over the events of a trace, for the event list, searches and
/// `dump --where`. Reads traces only through their columns.
@NullMarked
package org.panscope.core.filter;

import org.jspecify.annotations.NullMarked;
