package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Handles 1 to `limit`, the lowest free one first, as `xa_alloc` gives them.
public final class HandleTable<T> {
    /// What [#add] returns when every handle is taken.
    public static final int FULL = 0;

    private final int limit;
    private final TreeMap<Integer, T> entries = new TreeMap<>();
    private final TreeSet<Integer> marked = new TreeSet<>();

    public HandleTable(int limit) {
        this.limit = limit;
    }

    /// Takes the lowest free handle for `entry`.
    ///
    /// @return the handle, or [#FULL]
    public int add(T entry) {
        int handle = 1;
        while (entries.containsKey(handle)) {
            handle++;
        }
        if (handle > limit) {
            return FULL;
        }
        entries.put(handle, entry);
        return handle;
    }

    public @Nullable T get(int handle) {
        return entries.get(handle);
    }

    public @Nullable T remove(int handle) {
        marked.remove(handle);
        return entries.remove(handle);
    }

    /// The entry with the lowest handle above `handle`, as `xa_for_each` finds it.
    public Map.@Nullable Entry<Integer, T> next(int handle) {
        return entries.higherEntry(handle);
    }

    /// `xa_set_mark`.
    public void mark(int handle) {
        if (entries.containsKey(handle)) {
            marked.add(handle);
        }
    }

    /// `xa_get_mark`.
    public boolean isMarked(int handle) {
        return marked.contains(handle);
    }

    /// All entries, by ascending handle.
    public List<Map.Entry<Integer, T>> entries() {
        return new ArrayList<>(entries.entrySet());
    }

    public List<T> values() {
        return new ArrayList<>(entries.values());
    }
}
