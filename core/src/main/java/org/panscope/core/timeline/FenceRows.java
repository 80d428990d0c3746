package org.panscope.core.timeline;

/// Rows of fence contexts.
final class FenceRows {
    private FenceRows() {}

    static RowBuilder of(Build build, String timeline, long context) {
        return build.child(
                build.container(Section.FENCES).id,
                "timeline",
                timeline + " ctx " + Long.toUnsignedString(context));
    }
}
