package org.panscope.core.state;

/// Something a trace says that cannot follow from what it said before, such as an event naming an
/// object nobody created. Normal at the start of a capture; a complete emulated trace has none.
///
/// @param seq event that says it
/// @param object object it is about
/// @param message one sentence
public record Anomaly(long seq, ObjectId object, String message) {}
