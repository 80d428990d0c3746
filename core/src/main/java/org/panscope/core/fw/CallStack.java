package org.panscope.core.fw;

/// Saved return points of a stream. Level 0 is the ring; while code of the ring runs, nothing is
/// saved.
final class CallStack {
    private final long[] pointers;
    private final long[] starts;
    private final long[] ends;
    private int depth;

    /// Makes an empty stack.
    ///
    /// @param levels levels in all, the active one included
    CallStack(int levels) {
        pointers = new long[levels - 1];
        starts = new long[levels - 1];
        ends = new long[levels - 1];
    }

    int depth() {
        return depth;
    }

    boolean isFull() {
        return depth == pointers.length;
    }

    void push(long pointer, long start, long end) {
        pointers[depth] = pointer;
        starts[depth] = start;
        ends[depth] = end;
        depth++;
    }

    /// Drops the newest frame, which [#pointer], [#start] and [#end] still give at the new depth.
    void pop() {
        depth--;
    }

    long pointer(int level) {
        return pointers[level];
    }

    long start(int level) {
        return starts[level];
    }

    long end(int level) {
        return ends[level];
    }

    int capacity() {
        return pointers.length;
    }

    void clear() {
        depth = 0;
    }
}
