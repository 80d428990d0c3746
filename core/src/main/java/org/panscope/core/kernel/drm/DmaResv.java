package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.SimLock;
import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FenceEvent.ResvUsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A `dma_resv`: the fences that stand for the uses of a buffer object, or of all objects private
/// to an address space, and the lock that guards them.
///
/// kernel: drivers/dma-buf/dma-resv.c
public final class DmaResv {
    /// `enum dma_resv_usage`, strongest first: whoever waits for one waits for those before it.
    public enum Usage {
        KERNEL(ResvUsage.KERNEL),
        WRITE(ResvUsage.WRITE),
        READ(ResvUsage.READ),
        BOOKKEEP(ResvUsage.BOOKKEEP);

        private final ResvUsage told;

        Usage(ResvUsage told) {
            this.told = told;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A fence with what it stands for.
    public record Entry(DmaFence fence, Usage usage) {}

    private final KernelContext kernel;
    private final String owner;
    private final SimLock lock;
    private final List<Entry> entries = new ArrayList<>();

    /// @param owner object id of what it belongs to, such as `bo:7`
    public DmaResv(KernelContext kernel, String owner) {
        this.kernel = kernel;
        this.owner = owner;
        lock = new SimLock(kernel.sim(), owner.replace(":", "") + ".resv");
    }

    public SimLock lock() {
        return lock;
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// The fences as they are listed in the state.
    public String text() {
        return entries.stream()
                .map(entry -> entry.fence().objectId() + "/" + entry.usage().label())
                .collect(Collectors.joining(" "));
    }

    /// `dma_resv_add_fence`, with the lock held: a later fence of a context takes the place of the
    /// earlier one, and of any that has signalled.
    public void add(DmaFence fence, Usage usage) {
        List<Entry> replaced = new ArrayList<>();
        for (Entry entry : List.copyOf(entries)) {
            boolean isSuperseded =
                    entry.fence().context() == fence.context()
                            && entry.usage().compareTo(usage) >= 0;
            if (isSuperseded || entry.fence().isSignaled()) {
                replaced.add(entry);
            }
        }
        entries.removeAll(replaced);
        entries.add(new Entry(fence.get(), usage));
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new FenceEvent.Resv(owner, fence.objectId(), usage.told, text()));
        fence.published("resv " + owner + " " + usage.label());
        replaced.forEach(entry -> entry.fence().put());
    }

    /// Lets go of all fences: the object is gone.
    public void clear() {
        entries.forEach(entry -> entry.fence().put());
        entries.clear();
    }
}
