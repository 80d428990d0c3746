package org.panscope.app.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/// Places visited, as a browser keeps pages: going somewhere new forgets what lay ahead.
final class PositionHistory {
    static final int DEPTH = 200;

    private final Deque<Long> behind = new ArrayDeque<>();
    private final Deque<Long> ahead = new ArrayDeque<>();

    /// Notes that the cursor jumps away from `position`.
    void leave(long position) {
        Long last = behind.peekLast();
        if (last == null || last != position) {
            behind.addLast(position);
            if (behind.size() > DEPTH) {
                behind.removeFirst();
            }
        }
        ahead.clear();
    }

    OptionalLong back(long from) {
        return move(behind, ahead, from);
    }

    OptionalLong forward(long from) {
        return move(ahead, behind, from);
    }

    boolean canGoBack() {
        return !behind.isEmpty();
    }

    boolean canGoForward() {
        return !ahead.isEmpty();
    }

    void clear() {
        behind.clear();
        ahead.clear();
    }

    private static OptionalLong move(Deque<Long> source, Deque<Long> other, long from) {
        Long target = source.pollLast();
        if (target == null) {
            return OptionalLong.empty();
        }
        other.addLast(from);
        return OptionalLong.of(target);
    }
}
