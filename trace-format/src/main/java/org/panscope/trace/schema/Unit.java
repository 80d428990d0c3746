package org.panscope.trace.schema;

/// What a number in a field counts; decides how it is printed and compared.
public enum Unit {
    /// No unit: names, flags, enumerations.
    NONE(false),
    /// Nanoseconds.
    NS(false),
    /// A size or a byte offset, unsigned.
    BYTES(false),
    /// A position counted from 0.
    INDEX(false),
    /// A number of things.
    COUNT(false),
    /// An identity that only means "the same one": handles, group ids, fence contexts.
    ID(false),
    /// Sequence number of another event of this trace.
    EVENT(false),
    /// A negated errno, or 0.
    ERRNO(false),
    /// A bit mask or raw word, printed in hexadecimal.
    HEX(true),
    /// An address in a GPU address space (or the MCU's).
    GPU_VA(true),
    /// An address in a process.
    USER_VA(true),
    /// A file offset for mmap.
    FILE_OFFSET(true);

    private final boolean hexadecimal;

    Unit(boolean hexadecimal) {
        this.hexadecimal = hexadecimal;
    }

    /// Whether values are written as `0x…` text.
    public boolean isHexadecimal() {
        return hexadecimal;
    }
}
