package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.OpenFile;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// An open render node, as the part of a user-space driver that talks to the kernel holds it:
/// builds argument structs, makes system calls, maps what the driver offers.
///
/// The ioctls are grouped as a driver library would: [MemoryClient], [GroupClient], [HeapClient],
/// [SyncobjClient], [XgsClient].
public final class DrmFile {
    private final UserProcess process;
    private final DeviceFile file;

    DrmFile(UserProcess process, DeviceFile file) {
        this.process = process;
        this.file = file;
    }

    public int fileId() {
        return file.fileId();
    }

    public UserProcess process() {
        return process;
    }

    /// A system call: the argument struct goes in and, changed, comes back.
    ///
    /// @return 0 or a negated errno
    int ioctl(Ioctl ioctl, ByteBuffer argument) {
        spend(process.timings().syscallNs());
        byte[] bytes = new byte[argument.capacity()];
        argument.get(0, bytes);
        int errno = file.ioctl(ioctl.request(), bytes);
        argument.put(0, bytes);
        process.checkSignal();
        return errno;
    }

    /// mmap(2) of the device file.
    IoctlResult<Mapping> mmap(long offset, long length, int prot) {
        spend(process.timings().syscallNs());
        DeviceFile.MmapResult result = file.mmap(offset, length, prot);
        Mapping mapping = result.mapping();
        return mapping == null ? IoctlResult.error(result.errno()) : IoctlResult.ok(mapping);
    }

    /// munmap(2).
    public void unmap(Mapping mapping) {
        spend(process.timings().syscallNs());
        mapping.unmap();
    }

    /// eventfd(2).
    public EventFd eventfd() {
        spend(process.timings().syscallNs());
        return file.eventfd();
    }

    /// read(2) of an eventfd after poll(2): waits until it was signalled.
    ///
    /// @return what the counter was, or 0 when the time was over
    public long readEventfd(EventFd eventfd, long timeoutNs) {
        spend(process.timings().syscallNs());
        String object = "eventfd:" + identities().eventfd(eventfd);
        waitBegin(WaitKind.EVENTFD, object, timeoutNs);
        long count = eventfd.read(timeoutNs);
        process.checkSignal();
        waitEnd(WaitKind.EVENTFD, object, count, count == 0 ? Errno.ETIME : 0);
        return count;
    }

    // ---- descriptors that go from process to process

    /// sendmsg(2) of a descriptor (SCM_RIGHTS).
    ///
    /// @throws IllegalStateException when it is not open
    public OpenFile send(int fd) {
        spend(process.timings().syscallNs());
        OpenFile sent = file.sent(fd);
        if (sent == null) {
            throw new IllegalStateException("fd=" + fd + " is not open");
        }
        return sent;
    }

    /// recvmsg(2) of a descriptor.
    ///
    /// @return its number here
    public int receive(OpenFile sent) {
        spend(process.timings().syscallNs());
        return file.received(sent);
    }

    /// close(2) of another descriptor than the file itself.
    public int closeFd(int fd) {
        spend(process.timings().syscallNs());
        return file.closeFd(fd);
    }

    /// lseek(2) to the end of a dma-buf.
    long sizeOf(int fd) {
        spend(process.timings().syscallNs());
        return file.sizeOf(fd);
    }

    /// close(2).
    public void close() {
        spend(process.timings().syscallNs());
        file.close();
    }

    // ---- for the clients of this package --------------------------------------------------------

    Simulation sim() {
        return process.sim();
    }

    /// Lets the running thread of the process take `ns`, and up to `client.jitter_ns` more.
    void spend(long ns) {
        process.spend(ns);
    }

    ClientTimings timings() {
        return process.timings();
    }

    Identities identities() {
        return process.identities();
    }

    int track() {
        return TrackNames.process(sim(), process.name());
    }

    /// Puts an array of structs into memory of the process and its description into an `obj_array`;
    /// an empty array stays all zero.
    ///
    /// @return address to free after the call, or 0
    long putArray(ByteBuffer struct, int at, int stride, List<ByteBuffer> elements) {
        if (elements.isEmpty()) {
            return 0;
        }
        ByteBuffer array = UserMemory.struct(stride * elements.size());
        for (int i = 0; i < elements.size(); i++) {
            array.put(i * stride, elements.get(i), 0, stride);
        }
        long va = place(array);
        struct.putInt(at + ObjArray.STRIDE, stride);
        struct.putInt(at + ObjArray.COUNT, elements.size());
        struct.putLong(at + ObjArray.ARRAY, va);
        return va;
    }

    /// The elements of an array the kernel may have written back.
    List<ByteBuffer> takeArray(long va, int stride, int count) {
        byte[] bytes = process.memory().read(va, stride * count);
        if (bytes == null) {
            throw new IllegalStateException("va=" + va + " is no array of this process");
        }
        List<ByteBuffer> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer element = UserMemory.struct(stride);
            element.put(0, bytes, i * stride, stride);
            elements.add(element);
        }
        return elements;
    }

    /// Puts a buffer, from its start to its capacity, into memory of the process.
    long place(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return process.memory().place(bytes);
    }

    void free(long va) {
        if (va != 0) {
            process.memory().free(va);
        }
    }

    /// Records the beginning of a wait of this process.
    void waitBegin(WaitKind kind, String object, long timeoutNs) {
        Long timeout = timeoutNs == Long.MAX_VALUE ? null : (Long) timeoutNs;
        emit(track(), new UserWaitBegin(kind, object, timeout));
    }

    void waitEnd(WaitKind kind, String object, @Nullable Long value, int result) {
        emit(track(), new UserWaitEnd(kind, object, value, result));
    }

    void emit(int track, TraceEvent event) {
        sim().emit(track, event);
    }
}
