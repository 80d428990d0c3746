package org.panscope.core.hw;

/// Where a physical address lies in a buffer object.
///
/// @param boId identity of the buffer object
/// @param offset bytes from its start
public record BoLocation(int boId, long offset) {}
