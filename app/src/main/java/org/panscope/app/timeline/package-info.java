/// The timeline: viewport, layout, painter, picture files and the JavaFX view.
@NullMarked
package org.panscope.app.timeline;

import org.jspecify.annotations.NullMarked;
