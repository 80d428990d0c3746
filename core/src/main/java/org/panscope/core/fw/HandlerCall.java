package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;

/// The call of a stream's tiler out-of-memory handler, in between two instructions or while one is
/// blocked, and the return from it.
///
/// Mesa: panvk_vX_cmd_buffer.c and its handler; genxml: SET_EXCEPTION_HANDLER
final class HandlerCall {
    private final GroupInterface group;
    private final StreamCore core;
    private final ExecutionLoop loop;
    private boolean again;
    private @Nullable Runnable atExit;

    HandlerCall(GroupInterface group, StreamCore core, ExecutionLoop loop) {
        this.group = group;
        this.core = core;
        this.loop = loop;
    }

    /// Whether there is a handler that could run now.
    boolean isPossible() {
        return loop.isRunning()
                && !loop.isStalled()
                && !loop.awaitsUnlock()
                && core.handlerBytes != 0
                && !core.inHandler;
    }

    /// Runs the handler.
    ///
    /// @param exit called when it has run off its end
    void enter(Runnable exit) {
        atExit = exit;
        core.enterHandler();
        again = loop.interrupt();
    }

    /// The handler has run off its end.
    void leave() {
        core.inHandler = false;
        loop.returnTo(again);
        again = false;
        Runnable exit = atExit;
        atExit = null;
        if (exit != null) {
            exit.run();
        }
        group.handlerEnded();
    }
}
