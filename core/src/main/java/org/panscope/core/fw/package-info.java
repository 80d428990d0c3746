/// The MCU firmware and the command-stream hardware. It meets the driver only in shared memory,
/// registers, doorbells and interrupts. Facts: panthor_fw.h and panthor_sched.c for the interface,
/// Mesa's decoder for the instructions; what no public source says is a named parameter.
@NullMarked
package org.panscope.core.fw;

import org.jspecify.annotations.NullMarked;
