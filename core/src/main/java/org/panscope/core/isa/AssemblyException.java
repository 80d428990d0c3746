package org.panscope.core.isa;

/// A line is not an instruction. The message says what was expected and where.
public final class AssemblyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String cause;
    private final int column;
    private final String line;

    /// @param column position in the line, from 1
    AssemblyException(String cause, int column, String line) {
        super("column " + column + ": " + cause + ": " + line);
        this.cause = cause;
        this.column = column;
        this.line = line;
    }

    /// Position in the line, from 1.
    public int column() {
        return column;
    }

    /// The same with something added to what is wrong.
    AssemblyException with(String hint) {
        return hint.isEmpty() ? this : new AssemblyException(cause + "; " + hint, column, line);
    }
}
