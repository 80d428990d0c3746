package org.panscope.core.report.fences;

/// The steps of a batch, each measured from the one before that was seen.
public enum Stage {
    INSERT("INSERT stored"),
    NOTICE("doorbell or GROUP_KICK"),
    FETCH("firmware reads INSERT"),
    START("first instruction done"),
    END("last instruction done"),
    SYNC_WRITE("sync object written"),
    INTERRUPT("driver notices the event"),
    WAKE_UP("a waiting thread goes on");

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    /// In words.
    public String text() {
        return text;
    }
}
