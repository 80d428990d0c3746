package org.panscope.trace.perfetto;

import java.util.ArrayList;
import java.util.List;

/// An ftrace event as a message: its kernel name and the number and kind of each field, in the
/// order of the kernel's own format.
///
/// @param name as the kernel prints it
record EventDeclaration(String name, List<Field> fields) {
    EventDeclaration {
        fields = List.copyOf(fields);
    }

    /// What the values of a field are.
    enum Kind {
        SIGNED('i'),
        UNSIGNED('u'),
        /// An address.
        POINTER('x'),
        TEXT('s'),
        /// Several numbers.
        NUMBERS('a'),
        /// An address of a function, or the number of its name among the interned symbols.
        FUNCTION('f');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        boolean isNumber() {
            return this == SIGNED || this == UNSIGNED || this == POINTER;
        }

        private static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("kind=" + letter);
        }
    }

    /// @param number in the message
    record Field(String name, int number, Kind kind) {}

    /// From a line such as `dma_fence_init driver=2s timeline=4s context=1u seqno=3u`.
    static EventDeclaration parse(String line) {
        String[] words = line.split(" ", -1);
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            int last = words[i].length() - 1;
            fields.add(
                    new Field(
                            words[i].substring(0, equals),
                            Integer.parseInt(words[i].substring(equals + 1, last)),
                            Kind.of(words[i].charAt(last))));
        }
        return new EventDeclaration(words[0], fields);
    }
}
