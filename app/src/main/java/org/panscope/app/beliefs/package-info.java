/// What application, kernel, firmware and memory each believe, side by side.
@NullMarked
package org.panscope.app.beliefs;

import org.jspecify.annotations.NullMarked;
