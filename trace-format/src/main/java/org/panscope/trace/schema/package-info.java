/// Descriptions derived from the vocabulary: types, fields, units, layers.
@NullMarked
package org.panscope.trace.schema;

import org.jspecify.annotations.NullMarked;
