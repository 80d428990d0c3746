package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;

import java.util.Set;

/// An instruction word where it stands: in a ring, or in a buffer called from there.
///
/// @param depth calls around it, 0 in the ring
/// @param offset free-running offset in the ring, or bytes from the start of the buffer
/// @param ringOffset position in the ring, or -1 in a buffer
/// @param address GPU address, or null when the ring's is not known
/// @param word the instruction, or null when its bytes were not all observed
/// @param status how far it has come, or null when nobody can tell
/// @param insertOf who believes INSERT is here
/// @param extractOf who believes EXTRACT is here
/// @param writtenBy event that stored it, or -1
/// @param reading the word with its operands, or null for an unknown word
public record StreamRow(
        int depth,
        long offset,
        long ringOffset,
        @Nullable Long address,
        @Nullable Long word,
        @Nullable Status status,
        Set<Belief> insertOf,
        Set<Belief> extractOf,
        long writtenBy,
        @Nullable WordReading reading) {

    /// How far a word has come.
    public enum Status {
        /// Executed; its place may be written again.
        CONSUMED,
        /// What the firmware executes now.
        EXECUTING,
        /// The firmware has seen an INSERT beyond it.
        FETCHED,
        /// INSERT in memory is beyond it; the firmware has not read that yet.
        PUBLISHED,
        /// Stored, INSERT not moved.
        WRITTEN,
        /// Left from an earlier round, or never written.
        STALE,
        /// Another word was stored in its place a whole ring later: what is shown is that one.
        OVERWRITTEN
    }

    /// The disassembly, empty for an unknown word.
    public String text() {
        return reading == null ? "" : reading.text();
    }

    /// Whether the buffer it calls can be shown.
    public boolean canOpen() {
        WordReading known = reading;
        if (known == null) {
            return false;
        }
        WordReading.CallTarget call = known.call();
        return call != null && call.va() != null && call.sizeBytes() != null;
    }
}
