package org.panscope.core.isa;

/// A field of a decoded instruction, for showing.
///
/// @param field name and bits
/// @param value its number, sign extended when the field is signed
/// @param text what it means: `le`, `system`, `d66`, `0x1F`, `-8`
public record OperandValue(OperandField field, long value, String text) {}
