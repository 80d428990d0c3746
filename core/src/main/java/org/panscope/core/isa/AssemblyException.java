package org.panscope.core.isa;

/// A line is not an instruction. The message says what was expected and where.
public final class AssemblyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int column;

    /// @param column position in the line, from 1
    AssemblyException(String message, int column, String line) {
        super("column " + column + ": " + message + ": " + line);
        this.column = column;
    }

    /// Position in the line, from 1.
    public int column() {
        return column;
    }
}
