package org.panscope.core.timeline;

/// Shape of an instant.
public enum Glyph {
    /// A short vertical line.
    TICK(0),
    /// Somebody called upwards to the hardware: a doorbell, a kick, a request.
    UP(1),
    /// The hardware answered: an interrupt, an acknowledge.
    DOWN(2),
    /// A decision or a change of an object.
    DIAMOND(3),
    /// A mark or a note.
    FLAG(4),
    /// A fault.
    CROSS(5);

    private static final Glyph[] ALL = values();

    private final int code;

    Glyph(int code) {
        this.code = code;
    }

    /// Position in packed columns.
    int code() {
        return code;
    }

    /// How much it tells, for choosing among several at one place.
    int weight() {
        return switch (this) {
            case TICK -> 0;
            case DIAMOND -> 1;
            case UP, DOWN -> 2;
            case FLAG -> 3;
            case CROSS -> 4;
        };
    }

    static Glyph of(int code) {
        return ALL[code];
    }
}
