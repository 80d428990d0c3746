package org.panscope.core.isa;

/// A word of a [StreamListing].
///
/// @param depth CALLs around it
/// @param address GPU address
/// @param word the word
/// @param comment what the listing knows beyond the word, such as `cs@5000`, or empty
public record ListedWord(int depth, long address, long word, String comment) {}
