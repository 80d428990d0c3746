package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.Credentials;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.DeviceNode;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.OpenFile;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// A device without driver and GPU: every file offset is memory, every ioctl succeeds and is
/// remembered, so that a test plays the other side of the protocol itself.
final class BareDevice implements DeviceNode, DeviceFile {
    private final TreeMap<Long, BareMapping> mappings = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();

    /// What happened, in order: names of ioctls, and `OFFSET+AT` for stores.
    List<String> calls() {
        return calls;
    }

    BareMapping at(long offset) {
        return Objects.requireNonNull(mappings.get(offset));
    }

    @Override
    public DeviceFile open(String processName, UserMemory memory, Credentials credentials) {
        return this;
    }

    @Override
    public int fileId() {
        return 1;
    }

    @Override
    public int ioctl(int request, byte[] argument) {
        calls.add(String.valueOf(Ioctl.of(request)));
        return 0;
    }

    @Override
    public MmapResult mmap(long offset, long length, int prot) {
        BareMapping mapping = new BareMapping(offset, length);
        mappings.put(offset, mapping);
        return new MmapResult(0, mapping);
    }

    @Override
    public EventFd eventfd() {
        throw new UnsupportedOperationException("no eventfds here");
    }

    @Override
    public void unmapAll() {
        mappings.clear();
    }

    @Override
    public void close() {}

    @Override
    public int closeFd(int fd) {
        return Errno.EBADF;
    }

    @Override
    public @Nullable OpenFile sent(int fd) {
        return null;
    }

    @Override
    public int received(OpenFile file) {
        return Errno.EBADF;
    }

    @Override
    public long sizeOf(int fd) {
        return Errno.EBADF;
    }

    /// Plain memory.
    final class BareMapping implements Mapping {
        private final long offset;
        private final ByteBuffer bytes;

        BareMapping(long offset, long length) {
            this.offset = offset;
            bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        }

        ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public long va() {
            return offset;
        }

        @Override
        public long length() {
            return bytes.capacity();
        }

        @Override
        public int load32(long at) {
            return bytes.getInt((int) at);
        }

        @Override
        public long load64(long at) {
            return bytes.getLong((int) at);
        }

        @Override
        public void store32(long at, int value) {
            calls.add(offset + "+" + at);
            bytes.putInt((int) at, value);
        }

        @Override
        public void store64(long at, long value) {
            calls.add(offset + "+" + at);
            bytes.putLong((int) at, value);
        }

        @Override
        public void store(long at, byte[] from) {
            calls.add(offset + "+" + at);
            bytes.put((int) at, from);
        }

        @Override
        public int mprotect(int prot) {
            return 0;
        }

        @Override
        public void unmap() {
            mappings.remove(offset);
        }
    }
}
