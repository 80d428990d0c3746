/// Scenario files: read, checked and run on an emulated machine.
@NullMarked
package org.panscope.core.scenario;

import org.jspecify.annotations.NullMarked;
