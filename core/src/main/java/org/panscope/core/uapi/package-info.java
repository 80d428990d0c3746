/// What a process sees of the driver: struct layouts, request codes, errno, files, mappings.
@NullMarked
package org.panscope.core.uapi;

import org.jspecify.annotations.NullMarked;
