package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.MemoryEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A `panthor_vm`: a GPU address space with its page tables and what is mapped where. The lower
/// part belongs to the process, the upper part to the kernel, which places its own objects there.
///
/// Simplified: the kernel part is filled first fit.
///
/// kernel: panthor_mmu.c: panthor_vm_create, panthor_vm_exec_op
public final class GpuVm implements LiveObject {
    /// No MMU address space.
    public static final int NO_AS = -1;

    /// What [#mapKernelObject] returns when the kernel's part is full.
    public static final long NO_ROOM = -1;

    private static final long PAGE = PageTable.PAGE_BYTES;
    private static final long LARGE_BYTES = 2L << 20;

    private final KernelContext kernel;
    private final AddressSpaces addressSpaces;
    private final int id;
    private final long kernelStart;
    private final long kernelEnd;
    private final boolean forMcu;
    private final PageTable pageTable;
    private final SimLock opLock;
    private final DmaResv resv;
    private final TreeMap<Long, VmMapping> mappings = new TreeMap<>();
    private final List<Runnable> endings = new ArrayList<>();
    private int handle;
    private int fileId;
    private int as = NO_AS;
    private int activeCount;
    private int references = 1;
    private boolean destroyed;
    private boolean unusable;
    private boolean unhandledFault;

    /// @param kernelStart first address of the kernel's part
    /// @param kernelEnd one past its last address
    public GpuVm(
            KernelContext kernel,
            AddressSpaces addressSpaces,
            long kernelStart,
            long kernelEnd,
            boolean forMcu) {
        this.kernel = kernel;
        this.addressSpaces = addressSpaces;
        this.kernelStart = kernelStart;
        this.kernelEnd = kernelEnd;
        this.forMcu = forMcu;
        id = kernel.nextVm();
        pageTable = new PageTable(kernel.memory());
        opLock = new SimLock(kernel.sim(), "vm" + id + ".op_lock");
        resv = new DmaResv(kernel, objectId());
    }

    /// Tells of its creation; a VM of the MCU has neither handle nor file.
    public void published(int newHandle, int newFileId) {
        handle = newHandle;
        fileId = newFileId;
        kernel.born(this);
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemoryEvent.VmCreate(
                                id,
                                forMcu ? null : (Integer) handle,
                                forMcu ? null : (Integer) fileId,
                                kernelStart));
    }

    public int id() {
        return id;
    }

    @Override
    public String objectId() {
        return "vm:" + id;
    }

    /// Handle in its file; 0 for the MCU's.
    public int handle() {
        return handle;
    }

    public int fileId() {
        return fileId;
    }

    public boolean isForMcu() {
        return forMcu;
    }

    /// Reservation of the VM and of the objects private to it.
    public DmaResv resv() {
        return resv;
    }

    public PageTable pageTable() {
        return pageTable;
    }

    public long kernelStart() {
        return kernelStart;
    }

    /// MMU address space it owns, or [#NO_AS].
    public int as() {
        return as;
    }

    public int activeCount() {
        return activeCount;
    }

    public boolean isDestroyed() {
        return destroyed;
    }

    public boolean isUnusable() {
        return unusable;
    }

    public boolean hasUnhandledFault() {
        return unhandledFault;
    }

    public void setUnhandledFault(boolean fault) {
        unhandledFault = fault;
    }

    void setAs(int newAs) {
        as = newAs;
    }

    int addActive(int delta) {
        activeCount += delta;
        return activeCount;
    }

    /// By ascending address.
    public List<VmMapping> mappings() {
        return new ArrayList<>(mappings.values());
    }

    /// The mapping that covers an address.
    public @Nullable VmMapping mappingAt(long va) {
        Map.Entry<Long, VmMapping> entry = mappings.floorEntry(va);
        return entry == null || va >= entry.getValue().end() ? null : entry.getValue();
    }

    /// `panthor_vm_get_bo_for_va`: the mapping that covers an address, with a reference to its
    /// buffer object.
    public @Nullable VmMapping getBoForVa(long va) {
        opLock.lock();
        VmMapping mapping = mappingAt(va);
        if (mapping != null) {
            mapping.bo().get();
        }
        opLock.unlock();
        return mapping;
    }

    /// Maps a kernel object at an address of the kernel's choice.
    ///
    /// @return the address, or [#NO_ROOM]
    public long mapKernelObject(GemObject bo, int flags) {
        opLock.lock();
        long va = findFree(bo.sizeBytes());
        if (va != NO_ROOM) {
            mapLocked(new VmMapping(va, bo.sizeBytes(), bo, 0, flags));
        }
        opLock.unlock();
        return va;
    }

    /// Maps a kernel object at a fixed address.
    public void mapKernelObjectAt(long va, GemObject bo, int flags) {
        opLock.lock();
        mapLocked(new VmMapping(va, bo.sizeBytes(), bo, 0, flags));
        opLock.unlock();
    }

    /// Maps; what was there before is replaced.
    ///
    /// @return 0, or -EINVAL on a VM that is no longer usable
    public int map(VmMapping mapping) {
        opLock.lock();
        int result = unusable || destroyed ? Errno.EINVAL : 0;
        if (result == 0) {
            unmapLocked(mapping.va(), mapping.sizeBytes());
            mapLocked(mapping);
        }
        opLock.unlock();
        return result;
    }

    /// Unmaps what is in a range; mappings that reach out of it are cut.
    public void unmap(long va, long sizeBytes) {
        opLock.lock();
        unmapLocked(va, sizeBytes);
        opLock.unlock();
    }

    /// Has something of the kernel that lives in the address space end with it: `ending` runs once
    /// the VM counts as destroyed, before everything is unmapped.
    public void beforeUnmapping(Runnable ending) {
        endings.add(ending);
    }

    /// `panthor_vm_destroy`: unmaps everything; groups may still hold the object.
    public void destroy() {
        destroyed = true;
        endings.forEach(Runnable::run);
        unmap(0, 1L << PageTable.VA_BITS);
        kernel.gone(this);
        kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.VmDestroy(id));
        put();
    }

    public GpuVm get() {
        references++;
        return this;
    }

    public void put() {
        references--;
        if (references == 0) {
            resv.clear();
            for (VmMapping mapping : mappings()) {
                mapping.bo().put();
            }
            mappings.clear();
            addressSpaces.release(this);
            pageTable.free();
        }
    }

    private void mapLocked(VmMapping mapping) {
        kernel.spend(kernel.timings().bufferNs());
        long attributes =
                PageTable.attributes(
                        (mapping.flags() & VmBindOp.MAP_READONLY) != 0,
                        (mapping.flags() & VmBindOp.MAP_NOEXEC) != 0,
                        (mapping.flags() & VmBindOp.MAP_UNCACHED) == 0);
        for (long done = 0; done < mapping.sizeBytes(); done += PAGE) {
            long physical = mapping.bo().buffer().physicalAddress(mapping.boOffset() + done);
            pageTable.map(mapping.va() + done, physical, attributes);
        }
        mapping.bo().get();
        mappings.put(mapping.va(), mapping);
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemoryEvent.VmMap(
                                id,
                                mapping.va(),
                                mapping.sizeBytes(),
                                mapping.bo().id(),
                                mapping.boOffset(),
                                mapping.flags()));
        addressSpaces.flushRange(this, mapping.va(), mapping.sizeBytes());
    }

    private void unmapLocked(long va, long sizeBytes) {
        long end = va + sizeBytes;
        List<VmMapping> hit = new ArrayList<>();
        for (VmMapping mapping : mappings.headMap(end).values()) {
            if (mapping.end() > va) {
                hit.add(mapping);
            }
        }
        for (VmMapping mapping : hit) {
            cut(mapping, Math.max(va, mapping.va()), Math.min(end, mapping.end()));
        }
        if (!hit.isEmpty()) {
            addressSpaces.flushRange(this, va, sizeBytes);
        }
    }

    private void cut(VmMapping mapping, long from, long to) {
        mappings.remove(mapping.va());
        for (long page = from; page < to; page += PAGE) {
            pageTable.unmap(page);
        }
        if (from > mapping.va()) {
            keep(mapping.part(mapping.va(), from));
        }
        if (to < mapping.end()) {
            keep(mapping.part(to, mapping.end()));
        }
        kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.VmUnmap(id, from, to - from));
        mapping.bo().put();
    }

    private void keep(VmMapping rest) {
        mappings.put(rest.va(), rest);
        rest.bo().get();
    }

    private long findFree(long sizeBytes) {
        long alignment = sizeBytes >= LARGE_BYTES ? LARGE_BYTES : PAGE;
        long va = kernelStart;
        for (VmMapping mapping : mappings.tailMap(kernelStart).values()) {
            if (mapping.va() - va >= sizeBytes) {
                break;
            }
            va = (mapping.end() + alignment - 1) / alignment * alignment;
        }
        return va + sizeBytes > kernelEnd ? NO_ROOM : va;
    }
}
