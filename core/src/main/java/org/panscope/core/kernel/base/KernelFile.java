package org.panscope.core.kernel.base;

import org.panscope.core.uapi.OpenFile;

/// A `struct file` that descriptors of any process refer to; it ends with the last of them.
///
/// kernel: fs/file_table.c
public abstract class KernelFile implements OpenFile {
    private int references;

    /// A descriptor, or a message on its way, refers to it.
    public final void get() {
        references++;
    }

    /// `fput`.
    public final void put() {
        references--;
        if (references < 0) {
            throw new IllegalStateException("file references=" + references);
        }
        if (references == 0) {
            release();
        }
    }

    /// `file_operations.release`.
    protected abstract void release();
}
