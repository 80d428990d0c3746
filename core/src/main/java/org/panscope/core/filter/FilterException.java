package org.panscope.core.filter;

/// A filter that cannot be understood: says where and why, in words for the person who typed it.
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /// @param position offset into the filter text, from 0
    public FilterException(int position, String message) {
        super(message);
        this.position = position;
    }

    /// Where in the text, from 0.
    public int position() {
        return position;
    }

    /// Message and place in one line; columns count from 1.
    public String describe() {
        return "column " + (position + 1) + ": " + getMessage();
    }
}
