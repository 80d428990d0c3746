package org.panscope.core.uapi;

/// A range of a process that shows memory of the device. A touch may fault into the driver, which
/// then decides which page is behind it.
public interface Mapping {
    int READ = 1;
    int WRITE = 2;
    int EXEC = 4;

    /// Address in the process.
    long va();

    long length();

    int load32(long offset);

    long load64(long offset);

    void store32(long offset, int value);

    void store64(long offset, long value);

    /// Bulk store, as by a memcpy.
    void store(long offset, byte[] bytes);

    /// mprotect(2) of the whole range.
    ///
    /// @param prot combination of [#READ], [#WRITE], [#EXEC]
    /// @return 0, or -EACCES for what the driver does not allow to be added
    int mprotect(int prot);

    /// munmap(2).
    void unmap();

    /// A touch that the driver refused: the process dies of it unless it handles the signal.
    final class BusError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BusError(String message) {
            super(message);
        }
    }
}
