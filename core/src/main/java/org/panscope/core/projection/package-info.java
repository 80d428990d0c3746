/// The live machine in the words of reduced states, and the check of the main invariant: at every
/// step the state reduced from the recorded events equals the projection of the live machine.
///
/// Only this package sees both sides.
@NullMarked
package org.panscope.core.projection;

import org.jspecify.annotations.NullMarked;
