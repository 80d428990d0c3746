/// Firmware interfaces, user I/O pages and registers word by word and bit by bit.
@NullMarked
package org.panscope.app.registers;

import org.jspecify.annotations.NullMarked;
