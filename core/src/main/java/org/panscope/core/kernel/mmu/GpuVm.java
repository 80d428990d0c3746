package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.MemoryEvent.BindOp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A `panthor_vm`: a GPU address space with its page tables and what is mapped where. The lower
/// part belongs to the process, the upper part to the kernel, which places its own objects there.
///
/// kernel: panthor_mmu.c: panthor_vm_create, panthor_vm_exec_op
public final class GpuVm implements LiveObject {
    /// No MMU address space.
    public static final int NO_AS = -1;

    /// What [#mapKernelObject] returns when the kernel's part is full.
    public static final long NO_ROOM = -1;

    private static final long PAGE = PageTable.PAGE_BYTES;
    private static final long BLOCK = PageTable.BLOCK_BYTES;
    private static final long END = 1L << PageTable.VA_BITS;

    private final KernelContext kernel;
    private final AddressSpaces addressSpaces;
    private final int id;
    private final long kernelStart;
    private final boolean forMcu;
    private final PageTable pageTable;
    private final KernelVa kernelVa;
    private final SimLock opLock;
    private final DmaResv resv;
    private final VmBindQueue bindQueue;
    private final TreeMap<Long, VmMapping> mappings = new TreeMap<>();
    private final Map<GemObject, Integer> externalUses = new LinkedHashMap<>();
    private final List<Runnable> endings = new ArrayList<>();
    private int handle;
    private int fileId;
    private int as = NO_AS;
    private int activeCount;
    private int references = 1;
    private boolean published;
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
        this.forMcu = forMcu;
        id = kernel.nextVm();
        pageTable = new PageTable(kernel.memory());
        kernelVa = new KernelVa(kernelStart, kernelEnd);
        opLock = new SimLock(kernel.sim(), "vm" + id + ".op_lock");
        resv = new DmaResv(kernel, objectId());
        bindQueue = new VmBindQueue(kernel, this, addressSpaces.bindQueue(), kernel.cleanupQueue());
        addressSpaces.add(this);
    }

    /// Tells of its creation; a VM of the MCU has neither handle nor file.
    public void published(int newHandle, int newFileId) {
        handle = newHandle;
        fileId = newFileId;
        published = true;
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

    /// Objects with a reservation of their own that are mapped, or about to be, oldest first: the
    /// `extobj` list of the drm_gpuvm. Guarded by the lock of [#resv].
    public List<GemObject> externalObjects() {
        return List.copyOf(externalUses.keySet());
    }

    /// Brings the pages of everything that is mapped back: a job is about to use them.
    public void restorePages() {
        mappings().forEach(mapping -> mapping.bo().restore());
    }

    // ---- what the kernel maps for itself

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
        Long va = kernelVa.insertBest(bo.sizeBytes(), bo.sizeBytes() >= BLOCK ? BLOCK : PAGE);
        if (va == null) {
            return NO_ROOM;
        }
        if (mapNow(va, bo, flags) != 0) {
            kernelVa.remove(va);
            return NO_ROOM;
        }
        return va;
    }

    /// Maps a kernel object at a fixed address.
    public void mapKernelObjectAt(long va, GemObject bo, int flags) {
        kernelVa.reserve(va, bo.sizeBytes());
        int result = mapNow(va, bo, flags);
        if (result != 0) {
            throw new IllegalStateException(objectId() + " va=" + va + " result=" + result);
        }
    }

    /// Takes a kernel object away.
    public void unmap(long va, long sizeBytes) {
        unmapNow(va, sizeBytes);
        kernelVa.remove(va);
    }

    private int mapNow(long va, GemObject bo, int flags) {
        VmOp op = prepareMap(va, bo.sizeBytes(), bo, 0, flags);
        return op == null ? Errno.ENOMEM : exec(op);
    }

    private void unmapNow(long va, long sizeBytes) {
        VmOp op = prepareUnmap(va, sizeBytes);
        if (op == null || exec(op) != 0) {
            kernel.warn("panthor_vm_unmap_range", "va=0x" + Long.toHexString(va));
        }
    }

    // ---- operations

    /// `panthor_vm_prepare_map_op_ctx`, after the checks of its arguments.
    ///
    /// @return the operation, or null when there is no memory for its page tables
    public @Nullable VmOp prepareMap(
            long va, long sizeBytes, GemObject bo, long boOffset, int flags) {
        bo.restore();
        VmOp op = new VmOp(BindOp.MAP, va, sizeBytes, bo.get(), boOffset, flags);
        boolean inRange = isInRange(va, sizeBytes);
        if (!reserve(op, inRange ? PageTable.tablesFor(va, sizeBytes) : 0)) {
            bo.put();
            return null;
        }
        useExternal(bo, 1);
        return op;
    }

    /// `panthor_vm_prepare_unmap_op_ctx`: tables for blocks that have to be split.
    ///
    /// @return the operation, or null when there is no memory for them
    public @Nullable VmOp prepareUnmap(long va, long sizeBytes) {
        VmOp op = new VmOp(BindOp.UNMAP, va, sizeBytes, null, 0, 0);
        long end = va + sizeBytes;
        long lastBlock = (end + BLOCK - 1) & -BLOCK;
        int tables = va % BLOCK != 0 ? 1 : 0;
        if (end % BLOCK != 0 && lastBlock != ((va + BLOCK - 1) & -BLOCK)) {
            tables++;
        }
        return reserve(op, tables) ? op : null;
    }

    /// `panthor_vm_prepare_sync_only_op_ctx`.
    public VmOp prepareSyncOnly() {
        return new VmOp(BindOp.SYNC_ONLY, 0, 0, null, 0, 0);
    }

    private boolean reserve(VmOp op, long tables) {
        if (!kernel.memory().hasRoom(tables)) {
            return false;
        }
        for (long i = 0; i < tables; i++) {
            op.spareTables().add(kernel.memory().allocateFrame());
        }
        return true;
    }

    /// `panthor_vm_exec_op` in the ioctl, and giving back what was not needed.
    ///
    /// @return 0, -EINVAL or -ENOMEM
    public int exec(VmOp op) {
        int result = execLocked(op, false);
        cleanUp(op);
        return result;
    }

    /// `panthor_vm_exec_op` from the queue: after an error the address space cannot be used any
    /// more.
    int execAsync(VmOp op) {
        return op.type() == BindOp.SYNC_ONLY ? 0 : execLocked(op, true);
    }

    private int execLocked(VmOp op, boolean unusableOnFailure) {
        opLock.lock();
        int result =
                switch (op.type()) {
                    case MAP -> execMap(op);
                    case UNMAP -> execUnmap(op);
                    case SYNC_ONLY -> Errno.EINVAL;
                };
        if (result != 0 && unusableOnFailure && !unusable) {
            unusable = true;
            kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.VmUnusable(id, result));
        }
        opLock.unlock();
        return result;
    }

    private int execMap(VmOp op) {
        GemObject bo = op.bo();
        if (unusable || bo == null || !isInRange(op.va(), op.sizeBytes())) {
            return Errno.EINVAL;
        }
        if (op.sizeBytes() == 0) {
            return 0;
        }
        unmapLocked(op);
        return mapLocked(
                new VmMapping(op.va(), op.sizeBytes(), bo, op.boOffset(), op.flags()),
                op.spareTables());
    }

    private int execUnmap(VmOp op) {
        if (!isInRange(op.va(), op.sizeBytes())) {
            return Errno.EINVAL;
        }
        unmapLocked(op);
        return 0;
    }

    /// `drm_gpuvm_range_valid`.
    private static boolean isInRange(long va, long sizeBytes) {
        return Long.compareUnsigned(va, END) <= 0 && Long.compareUnsigned(sizeBytes, END - va) <= 0;
    }

    /// `panthor_vm_cleanup_op_ctx`.
    void cleanUp(VmOp op) {
        op.spareTables().forEach(kernel.memory()::freeFrame);
        op.spareTables().clear();
        GemObject bo = op.bo();
        if (bo != null) {
            release(bo);
        }
        op.returned().forEach(this::release);
        op.returned().clear();
    }

    /// `panthor_vm_bo_put`.
    private void release(GemObject bo) {
        useExternal(bo, -1);
        bo.put();
    }

    /// `drm_gpuvm_bo_extobj_add`, and the end of a `drm_gpuvm_bo`.
    private void useExternal(GemObject bo, int delta) {
        resv.lock().lock();
        countUse(bo, delta);
        resv.lock().unlock();
    }

    private void countUse(GemObject bo, int delta) {
        if (bo.resv() != resv && externalUses.merge(bo, delta, Integer::sum) == 0) {
            externalUses.remove(bo);
        }
    }

    // ---- asynchronous VM_BIND

    /// Its queue.
    public DrmScheduler bindScheduler() {
        return bindQueue.scheduler();
    }

    /// `panthor_vm_bind_job_create`, for an operation that was prepared.
    public VmBindJob createBindJob(VmOp op) {
        return new VmBindJob(kernel, this, bindScheduler().entity(), op);
    }

    // ---- its end

    /// Has something of the kernel that lives in the address space end with it: `ending` runs once
    /// the VM counts as destroyed, before everything is unmapped.
    public void beforeUnmapping(Runnable ending) {
        endings.add(ending);
    }

    /// `panthor_vm_destroy`: unmaps everything; groups and queued operations may still hold the
    /// object.
    public void destroy() {
        destroyed = true;
        kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.VmDestroy(id));
        endings.forEach(Runnable::run);
        unmapNow(0, END);
        put();
    }

    public GpuVm get() {
        references++;
        return this;
    }

    /// `panthor_vm_put`; with the last reference it blocks until nothing of it is in use.
    public void put() {
        references--;
        if (references == 0) {
            addressSpaces.remove(this);
            bindScheduler().flushAndDestroy();
            if (published) {
                kernel.gone(this);
                kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.VmFree(id));
            }
            resv.clear();
            for (VmMapping mapping : mappings()) {
                mapping.bo().put();
            }
            mappings.clear();
            addressSpaces.release(this);
            pageTable.free();
        }
    }

    // ---- page tables

    /// `panthor_vm_map_pages` and the drm_gpuva that stands for it.
    private int mapLocked(VmMapping mapping, Deque<Long> spare) {
        kernel.spend(kernel.timings().bufferNs());
        long end = mapPages(mapping, spare);
        if (end < mapping.end()) {
            kernel.warn("panthor_vm_map_pages", "!ret && !mapped");
            pageTable.unmap(mapping.va(), end - mapping.va(), spare);
            addressSpaces.flushRange(this, mapping.va(), end - mapping.va());
            return Errno.ENOMEM;
        }
        mapping.bo().get();
        countUse(mapping.bo(), 1);
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
                                (long) mapping.flags()));
        addressSpaces.flushRange(this, mapping.va(), mapping.sizeBytes());
        return 0;
    }

    /// Piece by piece of contiguous memory. Addresses in the middle of a page, which drivers before
    /// v6.18 let through, lose their low bits; a piece of less than a page maps nothing.
    ///
    /// @return one past the last address that was mapped
    private long mapPages(VmMapping mapping, Deque<Long> spare) {
        long attributes =
                PageTable.attributes(
                        (mapping.flags() & VmBindOp.MAP_READONLY) != 0,
                        (mapping.flags() & VmBindOp.MAP_NOEXEC) != 0,
                        (mapping.flags() & VmBindOp.MAP_UNCACHED) == 0);
        BufferObject buffer = mapping.bo().buffer();
        long va = mapping.va();
        long offset = mapping.boOffset();
        long runEnd = offset;
        while (va < mapping.end()) {
            if (offset == runEnd) {
                runEnd += buffer.contiguousBytes(offset);
            }
            long physical = buffer.physicalAddress(offset);
            long piece = Math.min(runEnd - offset, mapping.end() - va);
            if (piece < PAGE) {
                return va;
            }
            boolean isBlock = (va | physical) % BLOCK == 0 && piece >= BLOCK;
            if (isBlock) {
                pageTable.mapBlock(va, physical, attributes, spare);
            } else {
                pageTable.mapPage(va, physical, attributes, spare);
            }
            va += isBlock ? BLOCK : PAGE;
            offset += isBlock ? BLOCK : PAGE;
        }
        return va;
    }

    private void unmapLocked(VmOp op) {
        long end = op.va() + op.sizeBytes();
        List<VmMapping> hit = new ArrayList<>();
        for (VmMapping mapping : mappings.headMap(end).values()) {
            if (mapping.end() > op.va()) {
                hit.add(mapping);
            }
        }
        for (VmMapping mapping : hit) {
            cut(mapping, Math.max(op.va(), mapping.va()), Math.min(end, mapping.end()), op);
        }
    }

    /// `panthor_gpuva_sm_step_unmap` and `panthor_gpuva_sm_step_remap`.
    private void cut(VmMapping mapping, long from, long to, VmOp op) {
        mappings.remove(mapping.va());
        pageTable.unmap(from, to - from, op.spareTables());
        if (from > mapping.va()) {
            keep(mapping.part(mapping.va(), from));
        }
        if (to < mapping.end()) {
            keep(mapping.part(to, mapping.end()));
        }
        kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.VmUnmap(id, from, to - from));
        addressSpaces.flushRange(this, from, to - from);
        op.returned().add(mapping.bo());
    }

    private void keep(VmMapping rest) {
        mappings.put(rest.va(), rest);
        rest.bo().get();
        countUse(rest.bo(), 1);
    }

    // ---- reclaim

    /// Takes the pages of an object out of the page tables; its mappings stay.
    void hidePages(GemObject bo) {
        opLock.lock();
        for (VmMapping mapping : mappings()) {
            if (mapping.bo() == bo) {
                pageTable.unmap(mapping.va(), mapping.sizeBytes(), new ArrayDeque<>());
                addressSpaces.flushRange(this, mapping.va(), mapping.sizeBytes());
            }
        }
        opLock.unlock();
    }

    /// Puts them back.
    void showPages(GemObject bo) {
        opLock.lock();
        for (VmMapping mapping : mappings()) {
            if (mapping.bo() == bo) {
                Deque<Long> spare = new ArrayDeque<>();
                long tables = PageTable.tablesFor(mapping.va(), mapping.sizeBytes());
                for (long i = 0; i < tables; i++) {
                    spare.add(kernel.memory().allocateFrame());
                }
                mapPages(mapping, spare);
                spare.forEach(kernel.memory()::freeFrame);
                addressSpaces.flushRange(this, mapping.va(), mapping.sizeBytes());
            }
        }
        opLock.unlock();
    }
}
