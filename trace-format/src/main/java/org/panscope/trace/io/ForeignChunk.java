package org.panscope.trace.io;

/// A chunk of a kind this version does not know, kept so that a rewritten file still has it.
///
/// @param kind four letters, see [ContainerFormat#letters]
/// @param count as its head says
/// @param beforeSeq how many events came before it
/// @param payload decompressed
record ForeignChunk(int kind, int count, long beforeSeq, byte[] payload) {}
