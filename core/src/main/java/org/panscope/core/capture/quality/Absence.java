package org.panscope.core.capture.quality;

/// Something a capture does not show, which is not the same as that it did not happen.
///
/// @param reach whether another capture could show it
/// @param what what is not shown, as the name of a track
/// @param remedy what to do to see it next time, or where to look instead
public record Absence(Reach reach, String what, String remedy) {
    /// What it would take to see it.
    public enum Reach {
        /// The kernel has events for it, and this capture has none of them.
        KERNEL("not in this capture"),
        /// Only a driver in user space that says so, or probes, can show it.
        HELPED("needs markers or probes"),
        /// No capture of a board shows it.
        NEVER("in no capture");

        private final String title;

        Reach(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }
}
