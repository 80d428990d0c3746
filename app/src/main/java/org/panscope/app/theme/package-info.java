/// Colours, patterns, fonts and the formatting of numbers.
@NullMarked
package org.panscope.app.theme;

import org.jspecify.annotations.NullMarked;
