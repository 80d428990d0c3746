package org.panscope.core.state.view;

/// A field of a register with what it holds.
///
/// @param name the field, or `reserved` for bits that belong to none
/// @param bits `31:24` or `4`
/// @param raw its bits moved down to bit 0; the bits in their place when they belong to no field
/// @param text the value as people read it
/// @param doc what the field means
public record DecodedField(String name, String bits, long raw, String text, String doc) {}
