/// Applications: what a user-space driver does with ioctls, mappings, doorbells and eventfds.
@NullMarked
package org.panscope.core.user;

import org.jspecify.annotations.NullMarked;
