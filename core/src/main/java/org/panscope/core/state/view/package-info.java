/// States as people and programs look at them: rows of beliefs, text, JSON, ring buffers.
@NullMarked
package org.panscope.core.state.view;

import org.jspecify.annotations.NullMarked;
