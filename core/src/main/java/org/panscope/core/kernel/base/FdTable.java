package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.OpenFile;

import java.util.SortedMap;
import java.util.TreeMap;

/// Descriptors of a process: the lowest free number first.
///
/// kernel: fs/file.c
public final class FdTable {
    private final int first;
    private final TreeMap<Integer, OpenFile> open = new TreeMap<>();

    /// @param first lowest number given out
    public FdTable(int first) {
        this.first = first;
    }

    /// The number the next descriptor gets.
    public int next() {
        int fd = first;
        while (open.containsKey(fd)) {
            fd++;
        }
        return fd;
    }

    /// `fd_install` of a new descriptor.
    ///
    /// @return its number
    public int install(OpenFile file) {
        int fd = next();
        open.put(fd, file);
        if (file instanceof KernelFile counted) {
            counted.get();
        }
        return fd;
    }

    public @Nullable OpenFile get(int fd) {
        return open.get(fd);
    }

    /// close(2).
    ///
    /// @return whether it was open
    public boolean close(int fd) {
        OpenFile file = open.remove(fd);
        if (file instanceof KernelFile counted) {
            counted.put();
        }
        return file != null;
    }

    /// The process is gone.
    public void closeAll() {
        while (!open.isEmpty()) {
            close(open.firstKey());
        }
    }

    /// All that is open, by number.
    public SortedMap<Integer, OpenFile> all() {
        return new TreeMap<>(open);
    }
}
