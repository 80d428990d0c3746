package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// The keys of `psm1` markers and what each means: a few short words again and again, each looked
/// up without making a string of it. Bounded; what falls into the same place replaces what was
/// there.
final class MarkerKeys {
    /// Fields every marker has, whose names a key may not take.
    private static final Set<String> TAKEN =
            Set.of(MarkerDecoder.IP, MarkerDecoder.BUF, MarkerDecoder.VERB);

    /// Keys whose values are no numbers even where they look like one: checksums and bytes in bare
    /// hexadecimal, names, words.
    private static final Set<String> TEXTS =
            Set.of(
                    "crc", "d", "umd", "drv", "gpu", "clk", "feat", "ver", "mode", "op", "fmt", "t",
                    "src");

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int SLOT_BITS = 8;

    private final @Nullable Key[] keys = new @Nullable Key[1 << SLOT_BITS];

    /// A key.
    ///
    /// @param characters its word, eight bits each
    /// @param word as written
    /// @param field name of the field for its value
    /// @param isText whether values stay text even where they look like numbers
    record Key(long characters, String word, String field, boolean isText) {
        private static Key of(long characters, String word) {
            String field = TAKEN.contains(word) ? "psm1_" + word : word;
            boolean isText = TEXTS.contains(word) || PayloadBuilder.isName(field);
            return new Key(characters, word, field, isText);
        }
    }

    /// The key that a part of a line is: 1 to 8 characters `a-z0-9`.
    Key of(String line, int from, int end) {
        long characters = 0;
        for (int i = from; i < end; i++) {
            characters = characters << 8 | line.charAt(i);
        }
        int slot = (int) ((characters * MIX) >>> (Long.SIZE - SLOT_BITS));
        Key key = keys[slot];
        if (key == null || key.characters() != characters) {
            key = Key.of(characters, line.substring(from, end));
            keys[slot] = key;
        }
        return key;
    }
}
