package org.panscope.core.scenario;

/// What a name in a scenario can stand for.
enum ObjectKind {
    FILE("open file"),
    VM("VM"),
    BUFFER("buffer object"),
    SYNC("sync object"),
    EVENTFD("eventfd"),
    GROUP("group"),
    TILER_HEAP("tiler heap"),
    XGS_QUEUE("XGS queue"),
    SYNCOBJ("syncobj");

    private final String text;

    ObjectKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
