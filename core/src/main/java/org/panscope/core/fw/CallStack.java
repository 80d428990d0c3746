package org.panscope.core.fw;

/// Saved return points of a stream. Level 0 is the ring; while code of the ring runs, nothing is
/// saved. An exception handler has all levels to itself: the frame it returns to does not count.
final class CallStack {
    private final long[] pointers;
    private final long[] starts;
    private final long[] ends;
    private final int most;
    private int depth;
    private int handlerBase;
    private boolean leftHandler;

    /// Makes an empty stack.
    ///
    /// @param levels levels in all, the active one included
    CallStack(int levels) {
        most = levels - 1;
        pointers = new long[2 * most + 1];
        starts = new long[2 * most + 1];
        ends = new long[2 * most + 1];
    }

    int depth() {
        return depth;
    }

    boolean isFull() {
        return depth - handlerBase == most;
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
        if (depth < handlerBase) {
            handlerBase = 0;
            leftHandler = true;
        }
    }

    /// Saves where a handler returns to.
    void pushHandler(long pointer, long start, long end) {
        push(pointer, start, end);
        handlerBase = depth;
    }

    /// Whether a handler has returned since this was asked last.
    boolean leftHandler() {
        boolean left = leftHandler;
        leftHandler = false;
        return left;
    }

    /// Depth at which the handler that runs began, 0 for none.
    int handlerBase() {
        return handlerBase;
    }

    void restoreHandler(int base) {
        handlerBase = base;
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
        handlerBase = 0;
        leftHandler = false;
    }
}
