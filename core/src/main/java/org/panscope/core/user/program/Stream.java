package org.panscope.core.user.program;

/// A recorded stream in GPU memory.
///
/// @param queue index of the queue it is for
/// @param va where it begins
/// @param sizeBytes its length
record Stream(int queue, long va, int sizeBytes) {}
