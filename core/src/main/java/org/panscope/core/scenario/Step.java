package org.panscope.core.scenario;

/// One step of a thread.
///
/// @param args its keys
record Step(StepKind kind, Values args) {}
