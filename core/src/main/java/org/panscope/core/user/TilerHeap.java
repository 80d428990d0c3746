package org.panscope.core.user;

/// A tiler heap, as TILER_HEAP_CREATE described it.
///
/// @param handle for TILER_HEAP_DESTROY
/// @param contextVa GPU address of its context: what HEAP_SET takes
/// @param firstChunkVa GPU address of the chunk the client gives the tiler first
public record TilerHeap(int handle, long contextVa, long firstChunkVa) {}
