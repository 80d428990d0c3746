/// Where painters draw: one interface, with PNG, SVG and screen behind it.
@NullMarked
package org.panscope.app.surface;

import org.jspecify.annotations.NullMarked;
