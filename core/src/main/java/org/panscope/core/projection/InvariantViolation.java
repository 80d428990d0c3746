package org.panscope.core.projection;

/// The main invariant does not hold: a bug of the emulator or of the reducer.
public final class InvariantViolation extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Difference difference;

    public InvariantViolation(Difference difference) {
        super(difference.toString());
        this.difference = difference;
    }

    public Difference difference() {
        return difference;
    }
}
