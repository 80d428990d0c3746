package org.panscope.core.fw;

import org.panscope.trace.event.FirmwareEvent.HeapStep;

/// The call of a stream's tiler out-of-memory handler, in between two instructions or while one is
/// blocked, and the return from it.
///
/// Mesa: panvk_vX_cmd_buffer.c and its handler; genxml: SET_EXCEPTION_HANDLER
final class HandlerCall {
    private final GroupInterface group;
    private final StreamCore core;
    private final ExecutionLoop loop;
    private boolean again;
    private long heapVa;

    /// What the context of a suspended stream keeps of a call.
    ///
    /// @param again whether the interrupted instruction was issued before, and told of
    /// @param heapVa the heap without memory
    record Saved(boolean again, long heapVa) {
        static final Saved NONE = new Saved(false, 0);
    }

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

    /// Whether the handler runs because this heap is without memory.
    boolean isRunningFor(long shortHeapVa) {
        return loop.isRunning() && core.inHandler && heapVa == shortHeapVa;
    }

    Saved save() {
        return new Saved(again, heapVa);
    }

    void restore(Saved saved) {
        again = saved.again();
        heapVa = saved.heapVa();
    }

    /// Runs the handler.
    ///
    /// @param shortHeapVa the heap without memory
    void enter(long shortHeapVa) {
        heapVa = shortHeapVa;
        tell(HeapStep.HANDLER_ENTER);
        core.enterHandler();
        again = loop.interrupt();
    }

    /// The handler has run off its end.
    void leave() {
        core.inHandler = false;
        loop.returnTo(again);
        again = false;
        tell(HeapStep.HANDLER_EXIT);
        group.shortage().handlerEnded();
    }

    private void tell(HeapStep step) {
        GpuWords words = new GpuWords(core.environment);
        new TilerHeapContext(core.environment, words, heapVa).tell(step);
    }
}
