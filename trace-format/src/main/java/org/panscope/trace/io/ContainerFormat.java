package org.panscope.trace.io;

/// Constants of the container, as `FORMAT.md` documents them. All numbers are little-endian.
final class ContainerFormat {
    /// First eight bytes of a file: a byte no text starts with, a name, a line end that a text-mode
    /// copy would damage.
    static final long MAGIC = 0x0A45_504F_4353_5089L;

    /// Last eight bytes of a finished file: `PSCOPEND`.
    static final long END_MAGIC = 0x444E_4550_4F43_5350L;

    static final int MAJOR = 1;
    static final int MINOR = 0;

    /// Size in bytes of the file header.
    static final int FILE_HEADER_SIZE = 16;

    /// Size in bytes of the trailer behind the index chunk.
    static final int TRAILER_SIZE = 20;

    static final int HEADER = code("HEAD");
    static final int SCHEMA = code("TYPE");
    static final int TRACKS = code("TRAK");
    static final int EVENTS = code("EVNT");
    static final int LOSSES = code("LOST");
    static final int KEYFRAME = code("KEYF");
    static final int INDEX = code("INDX");

    /// Most bytes a payload may have before compression; what a reader is ready to allocate.
    static final int MAX_PAYLOAD = 64 << 20;

    /// Most events in a chunk.
    static final int MAX_CHUNK_EVENTS = 1 << 20;

    /// Most event types, and most tracks that an index repeats.
    static final int MAX_DEFINITIONS = 1 << 20;

    /// Most strings in an event chunk.
    static final int MAX_CHUNK_STRINGS = 1 << 22;

    /// Most attributes of a header.
    static final int MAX_ATTRIBUTES = 1 << 16;

    /// Most payload bytes of types and tracks, and as many again of losses, that a reader takes in:
    /// unlike events they stay in memory.
    static final int MAX_DEFINITION_BYTES = 32 << 20;

    private ContainerFormat() {}

    /// Whether this version knows chunks of this kind.
    static boolean isKnown(int kind) {
        return kind == HEADER
                || kind == SCHEMA
                || kind == TRACKS
                || kind == EVENTS
                || kind == LOSSES
                || kind == KEYFRAME
                || kind == INDEX;
    }

    /// Four ASCII letters as they stand in the file.
    static int code(String letters) {
        return letters.charAt(0)
                | letters.charAt(1) << 8
                | letters.charAt(2) << 16
                | letters.charAt(3) << 24;
    }

    /// The four letters of a chunk kind; anything unprintable becomes `?`.
    static String letters(int code) {
        StringBuilder text = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            int letter = code >>> shift & 0xff;
            text.append(letter > 0x20 && letter < 0x7f ? (char) letter : '?');
        }
        return text.toString();
    }
}
