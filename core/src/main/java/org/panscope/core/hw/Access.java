package org.panscope.core.hw;

/// What a GPU access wants to do; the number is ACCESS_TYPE of AS_FAULTSTATUS.
public enum Access {
    ATOMIC(0),
    EXECUTE(1),
    READ(2),
    WRITE(3);

    private final int code;

    Access(int code) {
        this.code = code;
    }

    /// Bits 9:8 of AS_FAULTSTATUS.
    public int code() {
        return code;
    }

    boolean writes() {
        return this == ATOMIC || this == WRITE;
    }
}
