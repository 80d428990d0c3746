/// What the analyzer says about the open trace, as a panel; what it means is the analyzer's.
@NullMarked
package org.panscope.app.findings;

import org.jspecify.annotations.NullMarked;
