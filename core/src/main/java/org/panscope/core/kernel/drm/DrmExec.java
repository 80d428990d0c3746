package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A `drm_exec`: takes several reservation locks in any order without deadlock. Whoever holds some
/// and meets one that is taken lets go of them, waits for that one and begins again. An object met
/// twice is locked once (DRM_EXEC_IGNORE_DUPLICATES).
///
/// Simplified: the age of an acquire context gives no precedence.
///
/// kernel: drivers/gpu/drm/drm_exec.c, kernel/locking/ww_mutex.h
public final class DrmExec {
    private final KernelContext kernel;
    private final List<DmaResv> locked = new ArrayList<>();

    public DrmExec(KernelContext kernel) {
        this.kernel = kernel;
    }

    /// `drm_exec_until_all_locked`: blocks until all are held.
    ///
    /// @param wanted names what is to be locked, in order, as far as what is held already shows it;
    ///   asked again after each lock and after each retreat
    public void lockAll(Supplier<List<DmaResv>> wanted) {
        DmaResv next = firstMissing(wanted.get());
        while (next != null) {
            if (next.lock().holder() != null && !locked.isEmpty()) {
                unlockAll();
            }
            next.lock().lock();
            locked.add(next);
            kernel.spend(kernel.timings().listMoveNs());
            next = firstMissing(wanted.get());
        }
    }

    /// Those that are locked, in the order they were.
    public List<DmaResv> locked() {
        return List.copyOf(locked);
    }

    /// `drm_exec_fini`: unlocks them, the last one first.
    public void unlockAll() {
        locked.reversed().forEach(resv -> resv.lock().unlock());
        locked.clear();
    }

    private @Nullable DmaResv firstMissing(List<DmaResv> wanted) {
        for (DmaResv resv : wanted) {
            if (!locked.contains(resv)) {
                return resv;
            }
        }
        return null;
    }
}
