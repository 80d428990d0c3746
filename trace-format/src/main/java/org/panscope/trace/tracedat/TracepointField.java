package org.panscope.trace.tracedat;

/// A field of a record, as a `format` file describes it.
///
/// @param name its name
/// @param type its C type, such as `__data_loc char[]`
/// @param offset first byte in the record
/// @param size bytes; 0 for an array up to the record's end
/// @param signed whether integers have a sign
/// @param bits width of a bit-field, 0 for a whole integer
/// @param shape how its bytes are read
record TracepointField(
        String name, String type, int offset, int size, boolean signed, int bits, Shape shape) {
    /// How a field's bytes are read.
    enum Shape {
        INTEGER,
        /// Characters up to a NUL or the end.
        TEXT,
        /// Integers, one after the other.
        ARRAY,
        /// A word that says where characters are: offset from the record's start, and length.
        DATA_LOC_TEXT,
        DATA_LOC_ARRAY,
        /// The same, from the end of the word.
        REL_LOC_TEXT,
        REL_LOC_ARRAY,
        /// Anything else.
        BYTES
    }

    /// Bytes of one element of an array.
    ///
    /// @param longBytes of the kernel that wrote the record
    int elementBytes(int longBytes) {
        String element =
                type.replaceAll("\\[.*", "").replaceAll("__data_loc|__rel_loc", "").strip();
        return switch (element) {
            case "u8", "s8", "__u8", "__s8", "uint8_t", "int8_t", "unsigned char", "char", "bool" ->
                    1;
            case "u16", "s16", "__u16", "__s16", "unsigned short", "short" -> 2;
            case "u64", "s64", "__u64", "__s64", "unsigned long long", "long long" -> 8;
            case "long", "unsigned long", "size_t" -> longBytes;
            default -> element.endsWith("*") ? longBytes : 4;
        };
    }
}
