package org.panscope.core.timeline;

/// Meaning of a bar or an instant. The theme gives each a colour, a pattern and a glyph.
public enum Style {
    /// Does its work.
    RUNNING(0),
    /// Cannot go on until something else happens.
    WAITING(1),
    /// Ready, and not yet taken up.
    QUEUED(2),
    /// Activity of the firmware or of the kernel's scheduler.
    ACTIVITY(3),
    /// A fence or a sync object.
    FENCE(4),
    /// Worth a look, not wrong by itself.
    ATTENTION(5),
    /// Exists and has nothing to do.
    IDLE(6),
    /// Not observed.
    UNKNOWN(7),
    /// Stands for one object; the colour follows from the label, see [#identityIn].
    IDENTITY(8),
    /// Fault, timeout, failure. Never hidden by merging.
    ERROR(9),
    /// An object, as with [#IDENTITY], that is there and does nothing.
    IDENTITY_IDLE(10),
    /// An object, as with [#IDENTITY], that waits for somebody.
    IDENTITY_WAITING(11);

    /// Stands between the name of the object and what is said of it.
    static final String SEPARATOR = " · ";

    private static final Style[] ALL = values();

    private final int code;

    Style(int code) {
        this.code = code;
    }

    /// Position in packed columns.
    int code() {
        return code;
    }

    /// Whether it stands for an object, so that the colour follows from the label.
    public boolean isIdentity() {
        return this == IDENTITY || this == IDENTITY_IDLE || this == IDENTITY_WAITING;
    }

    /// The name of the object in a label: what stands before the first ` · `.
    public static String identityIn(String label) {
        int end = label.indexOf(SEPARATOR);
        return end < 0 ? label : label.substring(0, end);
    }

    static Style of(int code) {
        return ALL[code];
    }
}
