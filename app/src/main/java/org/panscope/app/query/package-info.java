/// SQL over the open trace: the query tab, and how results are written.
@NullMarked
package org.panscope.app.query;

import org.jspecify.annotations.NullMarked;
