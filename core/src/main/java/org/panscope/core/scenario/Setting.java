package org.panscope.core.scenario;

/// A parameter or switch set by a scenario.
///
/// @param value as text
record Setting(String name, String value, Place place) {}
