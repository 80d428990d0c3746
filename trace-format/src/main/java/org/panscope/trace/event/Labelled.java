package org.panscope.trace.event;

/// An enumeration whose constants appear in traces under a label of their own.
public interface Labelled {
    String name();

    /// Text in files, JSON and the window: lower case unless the kernel or Arm write it otherwise.
    default String label() {
        return Labels.of(this);
    }
}
