/// Colours, patterns, fonts, the formatting of numbers, columns of text.
@NullMarked
package org.panscope.app.theme;

import org.jspecify.annotations.NullMarked;
