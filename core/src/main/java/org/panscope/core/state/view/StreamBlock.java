package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;

/// Instruction words that stand one behind the other; rows are made when they are asked for.
public interface StreamBlock {
    /// Number of words.
    int size();

    /// A word.
    StreamRow row(int index);

    /// Index of the word at an offset as in [StreamRow#offset], or -1.
    int indexOf(long offset);

    /// The buffer a word calls, or null when it calls none or nothing is known of it.
    @Nullable StreamBlock called(int index);
}
